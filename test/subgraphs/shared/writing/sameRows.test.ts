import { afterAll, beforeAll, expect, it } from 'vitest';
import { ParticipationModel } from '../../../../subgraphs/campaigns/models/Participation.ts';
import { kinds as ofCampaigns } from '../../../../subgraphs/campaigns/writing/kinds.ts';
import { write as writeToCampaigns } from '../../../../subgraphs/campaigns/writing/write.ts';
import { kinds as ofOrganizations } from '../../../../subgraphs/organizations/writing/kinds.ts';
import { write as writeToOrganizations } from '../../../../subgraphs/organizations/writing/write.ts';
import { kinds as ofRecognitions } from '../../../../subgraphs/recognitions/writing/kinds.ts';
import { write as writeToRecognitions } from '../../../../subgraphs/recognitions/writing/write.ts';
import { seedFacts } from '../../../../scripts/seed/seedFacts.ts';
import { subgraphs } from '../../../../subgraphs/index.ts';
import type { AnyModel } from '../../../../subgraphs/shared/AnyModel.ts';
import { isRecord } from '../../../../subgraphs/shared/isRecord.ts';
import type { Viewer } from '../../../../subgraphs/shared/Viewer.ts';
import type { WriteRequest } from '../../../../subgraphs/shared/writing/createWriter.ts';
import type { StoredRow } from '../../../../subgraphs/shared/writing/RecordKind.ts';
import { connectDatabases } from '../../../helpers/databases.ts';

/** Whoever loads a record and whoever writes it gets the same row: one fact in one place. */

const administrator: Viewer = {
  agency: 'org-bo-cong-an',
  roles: ['administrator'],
  scopes: ['*'],
  subject: 'test',
};

let databases: Awaited<ReturnType<typeof connectDatabases>>;

beforeAll(async () => {
  databases = await connectDatabases();
  await seedFacts(subgraphs, () => {});
});

afterAll(() => databases?.close());

interface AnyKind {
  type: string;
  model: AnyModel;
  // Each kind takes rows of its own; they come from its own collection.
  statedOf(row: never): object;
}

interface Case {
  kind: AnyKind;
  create: (input: object) => Promise<{ row: object | null; problems: readonly object[] }>;
}

const creating =
  <TKind>(
    write: (kind: TKind, request: WriteRequest, viewer: Viewer) => ReturnType<Case['create']>,
    kind: TKind,
  ): Case['create'] =>
  (input) =>
    write(kind, { operation: 'CREATE', input }, administrator);

const { campaign, activity, securityModel, outcome } = ofCampaigns;
const { organization } = ofOrganizations;
const { recognition } = ofRecognitions;

const cases: [string, Case][] = [
  ['Campaign', { kind: campaign, create: creating(writeToCampaigns, campaign) }],
  ['Activity', { kind: activity, create: creating(writeToCampaigns, activity) }],
  ['SecurityModel', { kind: securityModel, create: creating(writeToCampaigns, securityModel) }],
  ['Outcome', { kind: outcome, create: creating(writeToCampaigns, outcome) }],
  ['Organization', { kind: organization, create: creating(writeToOrganizations, organization) }],
  ['Recognition', { kind: recognition, create: creating(writeToRecognitions, recognition) }],
];

/** A row as an input would give it: nothing is null that can be left out. */
const asInput = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(asInput);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) =>
      each === null || each === undefined ? [] : [[name, asInput(each)]],
    ),
  );
};

/** What stands in an input by another name, or follows from other records. */
const NOT_STATED = ['measuredIn', 'isAdditive'];

const withoutNulls = (row: object) => asInput(row) as Record<string, unknown>;

async function participationsOf(_id: string) {
  const rows = await ParticipationModel.find({ $or: [{ campaignId: _id }, { activityId: _id }] })
    .sort({ _id: 1 })
    .lean();
  return rows.map(({ role, organizationId, officialId }) =>
    asInput({ role, organizationId, officialId }),
  );
}

/** Facts that the rules for writing refuse, with what they are told; the editor of the articles may know better. */
const refused: Record<string, string[]> = {
  // Titles that no article says who gave: whoever writes an award has given it.
  'rec-hm-xa-dien-hinh': ['input.issuers'],
  'rec-hm-van-hoa-nong-thon-moi': ['input.issuers'],
  'rec-hm-nong-thon-moi': ['input.issuers'],
};

it.each(cases)('%s', async (type, { kind, create }) => {
  const rows = (await kind.model.collection
    .find()
    .sort({ _id: 1 })
    .toArray()) as unknown as StoredRow[];
  expect(rows.length).toBeGreaterThan(10);
  const hasParts = type === 'Campaign' || type === 'Activity';
  const told: Record<string, unknown> = {};
  for (const row of rows) {
    const id = `${row._id}-copy`;
    const stated = Object.entries(kind.statedOf(row as never)).filter(
      ([name]) => !NOT_STATED.includes(name),
    );
    const input = {
      ...withoutNulls(Object.fromEntries(stated)),
      id,
      provenance: asInput(row.provenance),
      ...(hasParts ? { participations: await participationsOf(row._id) } : {}),
    };
    const { row: written, problems } = await create(input);
    if (problems.length) {
      told[row._id] = problems.map((each) =>
        'path' in each ? (each.path as string[]).join('.') : '',
      );
      continue;
    }
    // A copy has no parts of its own, and a rival has one rival more.
    const apart = { _id: '', isPlain: false };
    expect({ ...withoutNulls(written ?? {}), ...apart }).toEqual({
      ...withoutNulls(row),
      ...apart,
    });
  }
  const ofThese = Object.entries(refused).filter(([id]) => rows.some(({ _id }) => _id === id));
  expect(told).toEqual(Object.fromEntries(ofThese));
});
