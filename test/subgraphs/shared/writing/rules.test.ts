import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kinds as ofCampaigns } from '../../../../subgraphs/campaigns/writing/kinds.ts';
import { kinds as ofOrganizations } from '../../../../subgraphs/organizations/writing/kinds.ts';
import { kinds as ofRecognitions } from '../../../../subgraphs/recognitions/writing/kinds.ts';
import { ownersBy } from '../../../../subgraphs/shared/writing/rules.ts';
import { startGraph } from '../../../helpers/graph.ts';
import { createKeys, editorOf } from '../../../helpers/createKeys.ts';
import { cited, createMutate } from '../../../helpers/writing.ts';

/** Agency × operation × owner: who may write what. */

const agencies = {
  ministry: 'org-bo-cong-an',
  police: 'org-cong-an-tinh-thai-binh',
  hue: 'org-cong-an-tinh-thua-thien-hue',
  front: 'org-uy-ban-trung-uong-mttq-viet-nam',
  frontThaiBinh: 'org-uy-ban-mttq-tinh-thai-binh',
  elderly: 'org-hoi-nct-viet-nam',
} as const;
type Agency = keyof typeof agencies | 'administrator';

let graph: Awaited<ReturnType<typeof startGraph>>;
let keys: Awaited<ReturnType<typeof createKeys<Agency | 'reader' | 'otherScope'>>>;
let mutate: ReturnType<typeof createMutate>;

beforeAll(async () => {
  const editors = Object.entries(agencies).map(([name, id]) => [name, editorOf(id)]);
  keys = await createKeys({
    ...(Object.fromEntries(editors) as Record<keyof typeof agencies, ReturnType<typeof editorOf>>),
    administrator: { agency: 'org-bo-cong-an', roles: ['administrator'], scopes: ['*'] },
    reader: { agency: 'org-bo-cong-an', roles: [], scopes: ['*'] },
    otherScope: { agency: 'org-bo-cong-an', roles: ['editor'], scopes: ['recognitions:write'] },
  });
  graph = await startGraph({ keysFile: keys.file });
  mutate = createMutate(graph);
});

afterAll(async () => {
  await graph?.close();
  await keys?.remove();
});

/** What an agency is told: MAY when nothing but a wrong version or source stood in its way. */
async function verdict(work: Promise<{ problems: string[] }>): Promise<string> {
  try {
    const { problems } = await work;
    return problems.every((each) => /^(CONFLICT|NOT_FOUND)/.test(each)) ? 'MAY' : problems.join();
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown';
  }
}

async function whoMay(ask: (key: string) => Promise<{ problems: string[] }>): Promise<Agency[]> {
  const all: Agency[] = [];
  for (const agency of [...Object.keys(agencies), 'administrator'] as Agency[]) {
    const told = await verdict(ask(keys.keys[agency]));
    if (told === 'MAY') all.push(agency);
    else expect(told).toBe('FORBIDDEN');
  }
  return all;
}

/** A record, its owners, and who may write it beside administrators. */
const records: [field: string, id: string, may: Agency[]][] = [
  // Its parties, and those above them.
  ['campaign', 'prog-phoi-hop-thai-binh', ['ministry', 'police', 'front', 'frontThaiBinh']],
  ['campaign', 'prog-761-hnct-bca', ['ministry', 'elderly']],
  // A party of the programme is signatory or leader: the Association of the Elderly only takes part.
  ['campaign', 'prog-09-bca-mttw', ['ministry', 'front']],
  // Nobody's.
  ['campaign', 'mov-toan-dan-bao-ve-an-ninh-to-quoc', []],
  // Who carries it out, and the parties of its campaign.
  ['activity', 'act-hnct-huong-dan-chuong-trinh-09', ['ministry', 'front', 'elderly']],
  ['activity', 'act-hnct-cam-ket-duong-bien-cot-moc', ['elderly']],
  // By its role it makes nobody an owner, so it is the participant's as well.
  ['participation', 'part-prog-09-bca-mttw-005', ['ministry', 'front', 'elderly']],
  ['participation', 'part-prog-09-bca-mttw-001', ['ministry', 'front']],
  // The parties of its campaign.
  [
    'securityModel',
    'mdl-hom-thu-to-giac-thai-binh',
    ['ministry', 'police', 'front', 'frontThaiBinh'],
  ],
  ['outcome', 'out-tb-sung', ['ministry', 'police', 'front', 'frontThaiBinh']],
  // Itself and those above it.
  ['organization', 'org-cong-an-tinh-thai-binh', ['ministry', 'police']],
  ['organization', 'org-bo-cong-an', ['ministry']],
  // Who gave it; who received it has no say.
  ['recognition', 'rec-tb-khen-thuong-cong-an-tinh', ['ministry', 'police']],
  ['recognition', 'rec-2019-bang-khen-mttq', ['front']],
];

const changes: Record<string, Record<string, unknown>> = {
  campaign: { motto: null },
  activity: { date: '2020' },
  participation: { inferences: [] },
  securityModel: { isExemplary: true },
  outcome: { listIsOpen: true },
  organization: { subKind: 'CONG_AN_TINH' },
  recognition: { awardYear: 2020 },
};

describe.each(records)('%s %s', (field, id, may) => {
  // A version that never was: whoever may write is told of that, and nothing is written.
  const common = { id, version: 999, source: cited(), reason: 'Thử quyền' };

  it.each(['Update', 'Correct', 'Withdraw'] as const)(
    `%s: ${may.join(', ') || 'nobody'}`,
    async (verb) => {
      const given = verb === 'Withdraw' ? common : { ...common, input: changes[field] };
      const found = await whoMay((key) => mutate(field, verb, given, key));
      expect(found.sort()).toEqual([...may, 'administrator'].sort());
    },
  );
});

/** What is created belongs to those whom it names; the source is unknown, so that nothing is written. */
const provenance = [{ sourceId: 'src-nowhere', paragraphs: [1] }];
const name = { vi: 'Thử quyền' };
const measure = { value: 10, qualifier: 'EXACT', asPrinted: '10' };
const party = (organizationId: string, role: string) => ({ organizationId, role });

const creations: [title: string, field: string, input: object, may: Agency[]][] = [
  [
    'a programme of its signatories',
    'campaign',
    {
      kind: 'JOINT_PROGRAMME',
      name,
      participations: [
        party(agencies.police, 'SIGNATORY'),
        party(agencies.elderly, 'SIGNATORY'),
        party(agencies.frontThaiBinh, 'PARTICIPANT'),
      ],
    },
    ['ministry', 'police', 'elderly'],
  ],
  [
    'an activity of its organizers',
    'activity',
    {
      form: 'CONFERENCE',
      name,
      status: 'DONE',
      isEvent: true,
      participations: [party(agencies.hue, 'ORGANIZER'), party(agencies.elderly, 'ATTENDED')],
    },
    ['ministry', 'hue'],
  ],
  [
    'attendance, by who attends',
    'participation',
    { ...party(agencies.hue, 'ATTENDED'), activityId: 'act-hnct-cam-ket-duong-bien-cot-moc' },
    ['ministry', 'hue', 'elderly'],
  ],
  [
    'a signature, by who owns the programme: nobody signs it for himself',
    'participation',
    { ...party(agencies.hue, 'SIGNATORY'), campaignId: 'prog-761-hnct-bca' },
    ['ministry', 'elderly'],
  ],
  [
    'a model of who runs it',
    'securityModel',
    { kind: 'CLUB', name, operatorId: agencies.hue },
    ['ministry', 'hue'],
  ],
  [
    'a figure of who is credited with it',
    'outcome',
    { metricCode: 'LEAFLETS', name, measure, period: {}, contributorIds: [agencies.elderly] },
    ['elderly'],
  ],
  [
    'a figure of an activity',
    'outcome',
    {
      metricCode: 'LEAFLETS',
      name,
      measure,
      period: {},
      activityId: 'act-hnct-cam-ket-duong-bien-cot-moc',
    },
    ['elderly'],
  ],
  [
    'a branch of one’s own',
    'organization',
    { kind: 'POLICE', name, level: 'COMMUNE', instance: 'SINGLE', parentId: agencies.hue },
    ['ministry', 'hue'],
  ],
  [
    'an organization with none above it',
    'organization',
    { kind: 'OTHER', name, level: 'CENTRAL', instance: 'SINGLE' },
    [],
  ],
  [
    'an award of who gives it',
    'recognition',
    {
      forms: ['GIAY_KHEN'],
      name,
      issuers: [{ organizationId: agencies.hue, level: 'PROVINCE' }],
      counts: { status: 'NOT_STATED' },
      recipients: [{ organizationId: agencies.elderly }],
    },
    ['ministry', 'hue'],
  ],
];

it.each(creations)('Create: %s', async (_title, field, input, may) => {
  const given = { input: { ...input, provenance } };
  const found = await whoMay((key) => mutate(field, 'Create', given, key));
  expect(found.sort()).toEqual([...may, 'administrator'].sort());
});

describe('a record stays with its owners', () => {
  const of = async (field: string, verb: 'Update', given: Record<string, unknown>, key: string) =>
    verdict(mutate(field, verb, { source: cited(), ...given }, key));

  it('an organization does not leave its branch by itself, nor enter another one', async () => {
    const id = agencies.police;
    for (const parentId of [null, agencies.front]) {
      const given = { id, version: 1, input: { parentId } };
      expect(await of('organization', 'Update', given, keys.keys.police)).toBe('FORBIDDEN');
      expect(await of('organization', 'Update', given, keys.keys.front)).toBe('FORBIDDEN');
    }
  });

  it('what is one’s own is not given away', async () => {
    const given = { id: 'rec-tb-khen-thuong-cong-an-tinh', version: 1 };
    const issuers = [{ organizationId: agencies.elderly, level: 'CENTRAL' }];
    const told = await of(
      'recognition',
      'Update',
      { ...given, input: { issuers } },
      keys.keys.police,
    );
    expect(told).toBe('FORBIDDEN');
  });
});

it('a role and the scope of the subgraph are needed as well', async () => {
  const given = { id: 'prog-09-bca-mttw', version: 999, source: cited(), input: { motto: null } };
  const told = (key?: string) => verdict(mutate('campaign', 'Update', given, key));
  expect(await told()).toBe('UNAUTHENTICATED');
  expect(await told(keys.keys.reader)).toBe('FORBIDDEN');
  expect(await told(keys.keys.otherScope)).toBe('FORBIDDEN');
});

it('the table of rules and the kinds of records have the same words', () => {
  const kinds = [
    ...Object.values(ofCampaigns),
    ...Object.values(ofOrganizations),
    ...Object.values(ofRecognitions),
  ];
  const words = kinds.map(({ type, owners }) => [type, Object.keys(owners).sort()]);
  const table = Object.entries(ownersBy).map(([type, each]) => [type, [...each].sort()]);
  expect(Object.fromEntries(words)).toEqual(Object.fromEntries(table));
});
