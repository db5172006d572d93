import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../../../helpers/ask.ts';
import { startGraph } from '../../../helpers/graph.ts';
import { createKeys, editorOf } from '../../../helpers/createKeys.ts';
import { cited, createMutate, type Written } from '../../../helpers/writing.ts';

/** What is written in one record and kept in others: all of it changes together. */

const POLICE = 'org-cong-an-tinh-thai-binh';
const FRONT = 'org-uy-ban-mttq-tinh-thai-binh';

let graph: Awaited<ReturnType<typeof startGraph>>;
let keys: Awaited<ReturnType<typeof createKeys<'police' | 'ministry'>>>;
let write: (...given: Parameters<ReturnType<typeof createMutate>>) => Promise<Written>;

beforeAll(async () => {
  keys = await createKeys({ police: editorOf(POLICE), ministry: editorOf('org-bo-cong-an') });
  // With rows in memory: what is written is seen at once all the same.
  graph = await startGraph({ keysFile: keys.file, directoryRows: 1000 });
  const mutate = createMutate(graph);
  write = async (field, verb, given, key = keys.keys.police) => {
    const source = verb === 'Create' ? {} : { source: cited() };
    return mutate(field, verb, { ...source, ...given }, key);
  };
});

afterAll(async () => {
  await graph?.close();
  await keys?.remove();
});

const provenance = [cited()];

describe('a programme and who takes part in it', () => {
  const id = 'prog-an-toan-giao-thong-2023';

  it('are created together', async () => {
    const input = {
      id,
      kind: 'JOINT_PROGRAMME',
      name: { vi: 'Chương trình an toàn giao thông' },
      unitId: 'place-tinh-thai-binh',
      period: { from: '2023', to: '2024' },
      documentId: 'doc-chi-thi-09-ct-tw',
      participations: [
        { role: 'SIGNATORY', organizationId: POLICE },
        { role: 'SIGNATORY', organizationId: FRONT },
      ],
      provenance,
    };
    const written = await write('campaign', 'Create', { input });
    expect(written).toEqual({ record: { id, version: 1 }, problems: [] });
    const { campaigns } = await ask<Record<string, unknown>>(
      graph,
      `{ campaigns(filter: { organizationKind: [FRONT], year: 2024, documentNumber: "09-CT/TW", unitIds: ["place-tinh-thai-binh"] }) {
        nodes { id participations { nodes { id role version organization { id } } } }
      } }`,
    );
    expect(campaigns).toEqual({
      nodes: [
        {
          id,
          participations: {
            nodes: [
              { id: `part-${id}-001`, role: 'SIGNATORY', version: 1, organization: { id: POLICE } },
              { id: `part-${id}-002`, role: 'SIGNATORY', version: 1, organization: { id: FRONT } },
            ],
          },
        },
      ],
    });
  });

  it('a period that changes is the period of its participations as well', async () => {
    const counted = async () => {
      const { participationAggregates } = await ask<{
        participationAggregates: { participations: number }[];
      }>(
        graph,
        `{ participationAggregates(groupBy: [], filter: { campaignIds: ["${id}"], year: 2025 }) { participations } }`,
      );
      return participationAggregates[0]?.participations ?? 0;
    };
    expect(await counted()).toBe(0);
    const input = { period: { from: '2023', to: '2025' } };
    const written = await write('campaign', 'Update', { id, version: 1, input });
    expect(written).toEqual({ record: { id, version: 2 }, problems: [] });
    expect(await counted()).toBe(2);
  });

  it('one who joins is found by it, and one who leaves no longer is', async () => {
    const found = async (organizationId: string) => {
      const { campaigns } = await ask<{ campaigns: { totalCount: number } }>(
        graph,
        `{ campaigns(filter: { organizationId: "${organizationId}", year: 2025 }) { totalCount } }`,
      );
      return campaigns.totalCount;
    };
    const elderly = 'org-hoi-nct-viet-nam';
    expect(await found(elderly)).toBe(0);
    const input = { campaignId: id, role: 'PARTICIPANT', organizationId: elderly, provenance };
    const joined = await write('participation', 'Create', { input });
    expect(joined).toEqual({ record: { id: `part-${id}-003`, version: 1 }, problems: [] });
    expect(await found(elderly)).toBe(1);
    await write('participation', 'Withdraw', {
      id: `part-${id}-003`,
      version: 1,
      reason: 'Không tham gia',
    });
    expect(await found(elderly)).toBe(0);
  });

  it('it is not withdrawn while others refer to it, and then with its participations', async () => {
    const activity = await write('activity', 'Create', {
      input: {
        form: 'CONFERENCE',
        name: { vi: 'Hội nghị sơ kết' },
        status: 'DONE',
        isEvent: true,
        date: '2023-12-20',
        review: 'INTERIM',
        campaignIds: [id],
        provenance,
      },
    });
    expect(activity).toEqual({ record: { id: 'evt-hoi-nghi-so-ket', version: 1 }, problems: [] });
    const withdraw = { id, version: 2, reason: 'Nhập nhầm' };
    expect(await write('campaign', 'Withdraw', withdraw)).toEqual({
      record: null,
      problems: ['IN_USE id'],
    });
    const gone = { id: 'evt-hoi-nghi-so-ket', version: 1, reason: 'Nhập nhầm' };
    expect((await write('activity', 'Withdraw', gone)).problems).toEqual([]);
    expect((await write('campaign', 'Withdraw', withdraw)).problems).toEqual([]);
    const left = await ask(
      graph,
      `{ campaign(id: "${id}") { id }
         participationAggregates(groupBy: [], filter: { campaignIds: ["${id}"] }) { participations }
         participationHistory(id: "part-${id}-001") { operation record { role } } }`,
    );
    expect(left).toEqual({
      campaign: null,
      participationAggregates: [],
      participationHistory: [{ operation: 'WITHDRAW', record: { role: 'SIGNATORY' } }],
    });
  });
});

describe('figures that are linked', () => {
  const figure = (id: string, value: number, more: object = {}) => ({
    id,
    metricCode: 'LEAFLETS',
    name: { vi: 'Tờ rơi' },
    measure: { value, qualifier: 'EXACT', asPrinted: String(value) },
    period: { from: '2030' },
    contributorIds: [POLICE],
    provenance,
    ...more,
  });
  const sums = async () => {
    const { outcomeAggregates } = await ask<{ outcomeAggregates: unknown[] }>(
      graph,
      '{ outcomeAggregates(groupBy: [METRIC], filter: { year: 2030 }) { count sumMin sumMax } }',
    );
    return outcomeAggregates;
  };

  it('a rival is one on both sides, and a part is not added to its whole', async () => {
    await write('outcome', 'Create', { input: figure('out-ke-a', 100) });
    expect(await sums()).toEqual([{ count: 1, sumMin: 100, sumMax: 100 }]);
    const rival = figure('out-ke-b', 120, { conflictsWithIds: ['out-ke-a'] });
    await write('outcome', 'Create', { input: rival });
    expect(await sums()).toEqual([{ count: 1, sumMin: 100, sumMax: 120 }]);
    await write('outcome', 'Create', { input: figure('out-whole', 50) });
    await write('outcome', 'Create', {
      input: figure('out-part', 20, { subsetOfId: 'out-whole' }),
    });
    expect(await sums()).toEqual([{ count: 2, sumMin: 150, sumMax: 170 }]);
  });

  it('what was linked stands alone again when the other goes', async () => {
    const reason = 'Nhập nhầm';
    const whole = { id: 'out-whole', version: 1, reason };
    expect((await write('outcome', 'Withdraw', whole)).problems).toEqual(['IN_USE id']);
    await write('outcome', 'Withdraw', { id: 'out-part', version: 1, reason });
    await write('outcome', 'Withdraw', { id: 'out-ke-b', version: 1, reason });
    expect(await sums()).toEqual([{ count: 2, sumMin: 150, sumMax: 150 }]);
    const { outcomes } = await ask<Record<string, unknown>>(
      graph,
      '{ outcomes(filter: { year: 2030 }) { nodes { id conflictsWith { id } } } }',
    );
    expect(outcomes).toEqual({
      nodes: [
        { id: 'out-ke-a', conflictsWith: [] },
        { id: 'out-whole', conflictsWith: [] },
      ],
    });
  });

  it('no figure is a part of itself, however many steps lie between', async () => {
    await write('outcome', 'Create', {
      input: figure('out-inner', 5, { subsetOfId: 'out-whole' }),
    });
    const input = { subsetOfId: 'out-inner' };
    const told = await write('outcome', 'Update', { id: 'out-whole', version: 1, input });
    expect(told.problems).toEqual(['INVALID input.subsetOfId']);
  });
});

describe('an award', () => {
  it('knows of organizations and campaigns what other services say', async () => {
    const input = {
      id: 'rec-giay-khen-2023',
      forms: ['GIAY_KHEN'],
      name: { vi: 'Giấy khen năm 2023' },
      issuers: [{ organizationId: POLICE, office: 'DIRECTOR', level: 'PROVINCE' }],
      counts: { status: 'STATED', collectives: 3, individuals: 12 },
      recipients: [{ organizationId: FRONT }],
      campaignId: 'ed-thai-binh-2021',
      conferredOn: '2023-05-02',
      provenance,
    };
    const written = await write('recognition', 'Create', { input });
    expect(written).toEqual({ record: { id: input.id, version: 1 }, problems: [] });
    const { recognitions, campaign } = await ask<Record<string, unknown>>(
      graph,
      `{ recognitions(filter: { issuerKind: [POLICE], recipientKind: [FRONT], conferred: { from: "2023" } }) { nodes { id } }
         campaign(id: "mov-toan-dan-bao-ve-an-ninh-to-quoc") { recognitions(filter: { conferred: { from: "2023" } }) { nodes { id } } } }`,
    );
    expect(recognitions).toEqual({ nodes: [{ id: input.id }] });
    expect(campaign).toEqual({ recognitions: { nodes: [{ id: input.id }] } });
  });

  it('corrected keeps what was printed, and its counts are never just changed', async () => {
    const change = {
      id: 'rec-giay-khen-2023',
      version: 1,
      input: { counts: { status: 'STATED', collectives: 4, individuals: 12 } },
      reason: 'Công bố lại',
    };
    const refused = await write('recognition', 'Update', change);
    expect(refused.problems).toEqual(['INVALID input.counts']);
    expect((await write('recognition', 'Correct', change)).record?.version).toBe(2);
    const { recognition } = await ask<Record<string, unknown>>(
      graph,
      `{ recognition(id: "rec-giay-khen-2023") { counts { collectives } history { record { counts { collectives } issuers { organization { name { vi } } } } } } }`,
    );
    expect(recognition).toEqual({
      counts: { collectives: 4 },
      history: [
        {
          record: {
            counts: { collectives: 3 },
            issuers: [{ organization: { name: { vi: 'Công an tỉnh Thái Bình' } } }],
          },
        },
      ],
    });
  });
});

describe('an organization', () => {
  it('of one’s branch is at once one that can be written for', async () => {
    const input = {
      id: 'org-cong-an-xa-moi',
      kind: 'POLICE',
      name: { vi: 'Công an xã Mới' },
      level: 'COMMUNE',
      instance: 'SINGLE',
      unitId: 'place-phuong-ky-ba',
      parentId: POLICE,
      provenance,
    };
    expect((await write('organization', 'Create', { input })).problems).toEqual([]);
    const model = {
      kind: 'CLUB',
      name: { vi: 'Câu lạc bộ phòng chống tội phạm' },
      operatorId: input.id,
      provenance,
    };
    expect((await write('securityModel', 'Create', { input: model })).problems).toEqual([]);
  });

  it('a change is seen by the next reader, whatever was kept in memory', async () => {
    const name = async () => {
      const { organization } = await ask<{ organization: { name: { vi: string } } }>(
        graph,
        '{ organization(id: "org-cong-an-xa-moi") { name { vi } } }',
      );
      return organization.name.vi;
    };
    for (const version of [1, 2, 3]) {
      const vi = `Công an xã Mới ${version}`;
      await name();
      await write('organization', 'Update', {
        id: 'org-cong-an-xa-moi',
        version,
        input: { name: { vi } },
      });
      expect(await name()).toBe(vi);
    }
  });

  it('is not its own parent, in any number of steps', async () => {
    const change = { id: POLICE, version: 1, input: { parentId: 'org-cong-an-xa-moi' } };
    const told = await write('organization', 'Update', change, keys.keys.ministry);
    expect(told.problems).toEqual(['INVALID input.parentId']);
  });
});
