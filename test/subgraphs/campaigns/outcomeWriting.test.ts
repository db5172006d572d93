import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph } from '../../helpers/graph.ts';
import { createKeys, editorOf } from '../../helpers/createKeys.ts';

/** A figure from its creation to its withdrawal, through the gateway. */

let graph: Awaited<ReturnType<typeof startGraph>>;
let keys: Awaited<ReturnType<typeof createKeys<'police' | 'ministry' | 'elderly' | 'reader'>>>;

beforeAll(async () => {
  keys = await createKeys({
    police: editorOf('org-cong-an-tinh-thai-binh'),
    ministry: editorOf('org-bo-cong-an'),
    elderly: editorOf('org-hoi-nct-viet-nam'),
    reader: { agency: 'org-bo-cong-an', roles: [], scopes: ['*'] },
  });
  graph = await startGraph({ keysFile: keys.file, directoryRows: 1000 });
});

afterAll(async () => {
  await graph?.close();
  await keys?.remove();
});

const PAYLOAD = `{
  outcome { id version measure { value qualifier asPrinted } unit { name { vi } } provenance { paragraphs source { id title } } }
  userErrors { code message path }
}`;
const CREATE = `mutation ($input: OutcomeCreateInput!, $key: String) {
  outcomeCreate(input: $input, idempotencyKey: $key) ${PAYLOAD}
}`;
const CHANGE = (verb: string) => `mutation ($id: ID!, $version: Int!, $input: OutcomeChangeInput!,
  $source: CitationInput!, $reason: String${verb === 'Correct' ? '!' : ''}) {
  outcome${verb}(id: $id, version: $version, input: $input, source: $source, reason: $reason) ${PAYLOAD}
}`;

const cited = (paragraph: number) => ({
  sourceId: 'src-bao-thai-binh-2022-02-21',
  paragraphs: [paragraph],
});

const input = {
  id: 'out-thai-binh-hom-thu-2022',
  metricCode: 'TIP_BOXES',
  name: { vi: '  Hòm thư tố giác tội phạm ', en: 'Tip boxes' },
  measure: { value: 740, qualifier: 'MORE_THAN', asPrinted: 'trên 740' },
  unitId: 'place-tinh-thai-binh',
  period: { from: '2022', to: '2022' },
  contributorIds: ['org-cong-an-tinh-thai-binh'],
  provenance: [cited(3)],
};

let sourceId: string;

it('a source of one’s own comes first', async () => {
  const answer = await graph.execute(
    `mutation { sourceCreate(input: {
      title: "Báo cáo năm 2022", publisher: "Công an tỉnh Thái Bình", publishedAt: "2022-12"
    }) { source { id title publishedPrecision language } userErrors { code message path } } }`,
    {},
    keys.keys.police,
  );
  expect(answer).toEqual({
    data: {
      sourceCreate: {
        source: {
          id: 'src-cong-an-tinh-thai-binh-2022-12',
          title: 'Báo cáo năm 2022',
          publishedPrecision: 'MONTH',
          language: 'VI',
        },
        userErrors: [],
      },
    },
  });
  sourceId = 'src-cong-an-tinh-thai-binh-2022-12';
});

describe('who may not', () => {
  const codeOf = async (key?: string) => {
    const { errors } = await graph.execute(CREATE, { input }, key);
    return errors?.[0]?.extensions['code'];
  };

  it('is told so before anything is said of the input', async () => {
    expect(await codeOf()).toBe('UNAUTHENTICATED');
    expect(await codeOf(keys.keys.reader)).toBe('FORBIDDEN');
    expect(await codeOf(keys.keys.elderly)).toBe('FORBIDDEN');
    const wrong = { input: { ...input, id: 'x', measure: { ...input.measure, value: -1 } } };
    const { errors } = await graph.execute(CREATE, wrong, keys.keys.elderly);
    expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});

it('all that is wrong is told at once, each with its path', async () => {
  const answer = await graph.execute(
    CREATE,
    {
      input: {
        ...input,
        id: 'figure-1',
        name: { vi: 'Gọi 0912 345 678' },
        measure: { value: -1, qualifier: 'EXACT', asPrinted: '' },
        unitId: 'place-nowhere',
        period: { from: '2022', to: '2021' },
        metricCode: 'NO_SUCH_METRIC',
        provenance: [{ sourceId: 'src-nothing', paragraphs: [] }],
      },
    },
    keys.keys.police,
  );
  const { outcomeCreate } = answer.data as {
    outcomeCreate: { outcome: unknown; userErrors: { code: string; path: string[] }[] };
  };
  expect(outcomeCreate.outcome).toBeNull();
  const told = outcomeCreate.userErrors.map(({ code, path }) => `${code} ${path.join('.')}`);
  expect(told.sort()).toEqual([
    'INVALID input.id',
    'INVALID input.measure.asPrinted',
    'INVALID input.measure.value',
    'INVALID input.period.to',
    'INVALID input.provenance.0.paragraphs',
    'NOT_FOUND input.metricCode',
    'NOT_FOUND input.unitId',
    'PRIVACY input.name.vi',
  ]);
});

it('is created, and seen at once by whoever asks next', async () => {
  const provenance = [cited(3), { sourceId, paragraphs: [2], asPrinted: 'trên 740' }];
  const answer = await graph.execute(CREATE, { input: { ...input, provenance } }, keys.keys.police);
  expect(answer).toEqual({
    data: {
      outcomeCreate: {
        outcome: {
          id: 'out-thai-binh-hom-thu-2022',
          version: 1,
          measure: input.measure,
          unit: { name: { vi: 'Tỉnh Thái Bình' } },
          provenance: [
            {
              paragraphs: [3],
              source: { id: cited(3).sourceId, title: expect.any(String) as string },
            },
            { paragraphs: [2], source: { id: sourceId, title: 'Báo cáo năm 2022' } },
          ],
        },
        userErrors: [],
      },
    },
  });
  const found = await graph.execute(
    '{ outcomes(filter: { metric: ["TIP_BOXES"], year: 2022 }) { nodes { name { vi } version } } }',
  );
  expect(found).toEqual({
    data: { outcomes: { nodes: [{ name: { vi: 'Hòm thư tố giác tội phạm' }, version: 1 }] } },
  });
});

it('a printed figure is corrected, never just changed; what stood stays in its history', async () => {
  const change = {
    id: input.id,
    version: 1,
    input: { measure: { value: 742, qualifier: 'EXACT', asPrinted: '742' } },
    source: { sourceId, paragraphs: [5], asPrinted: '742' },
    reason: 'Đính chính của Công an tỉnh',
  };
  const refused = await graph.execute(CHANGE('Update'), change, keys.keys.ministry);
  expect(refused.data).toMatchObject({
    outcomeUpdate: { outcome: null, userErrors: [{ code: 'INVALID', path: ['input', 'measure'] }] },
  });

  const corrected = await graph.execute(CHANGE('Correct'), change, keys.keys.ministry);
  expect(corrected.data).toMatchObject({
    outcomeCorrect: {
      outcome: { version: 2, measure: { value: 742 }, provenance: [{ paragraphs: [5] }] },
      userErrors: [],
    },
  });

  const history =
    await graph.execute(`{ outcomes(filter: { year: 2022, metric: ["TIP_BOXES"] }) { nodes {
    version measure { value }
    history { version operation reason provenance { paragraphs }
      record { id measure { asPrinted } unit { name { vi } } provenance { paragraphs source { id } } } }
  } } }`);
  expect(history).toEqual({
    data: {
      outcomes: {
        nodes: [
          {
            version: 2,
            measure: { value: 742 },
            history: [
              {
                version: 1,
                operation: 'CORRECT',
                reason: 'Đính chính của Công an tỉnh',
                provenance: [{ paragraphs: [5] }],
                record: {
                  id: input.id,
                  measure: { asPrinted: 'trên 740' },
                  unit: { name: { vi: 'Tỉnh Thái Bình' } },
                  provenance: [
                    { paragraphs: [3], source: { id: cited(3).sourceId } },
                    { paragraphs: [2], source: { id: sourceId } },
                  ],
                },
              },
            ],
          },
        ],
      },
    },
  });
});

it('whoever has not seen the last version is told what stands now', async () => {
  const answer = await graph.execute(
    CHANGE('Update'),
    { id: input.id, version: 1, input: { listIsOpen: true }, source: cited(4) },
    keys.keys.police,
  );
  expect(answer.data).toMatchObject({
    outcomeUpdate: {
      outcome: { version: 2, measure: { value: 742 } },
      userErrors: [{ code: 'CONFLICT', path: ['version'] }],
    },
  });
});

it('is withdrawn, and told of in its history still', async () => {
  const withdraw = `mutation ($source: CitationInput!) {
    outcomeWithdraw(id: "${input.id}", version: 2, source: $source, reason: "Nhập nhầm") ${PAYLOAD}
  }`;
  const answer = await graph.execute(withdraw, { source: cited(1) }, keys.keys.police);
  expect(answer.data).toMatchObject({
    outcomeWithdraw: { outcome: { version: 2 }, userErrors: [] },
  });
  const after = await graph.execute(`{
    outcomes(filter: { year: 2022, metric: ["TIP_BOXES"] }) { totalCount }
    outcomeHistory(id: "${input.id}") { version operation reason record { measure { value } } }
  }`);
  expect(after).toEqual({
    data: {
      outcomes: { totalCount: 0 },
      outcomeHistory: [
        {
          version: 2,
          operation: 'WITHDRAW',
          reason: 'Nhập nhầm',
          record: { measure: { value: 742 } },
        },
        {
          version: 1,
          operation: 'CORRECT',
          reason: 'Đính chính của Công an tỉnh',
          record: { measure: { value: 740 } },
        },
      ],
    },
  });
  const again = await graph.execute(CREATE, { input }, keys.keys.police);
  expect(again.data).toMatchObject({
    outcomeCreate: { outcome: null, userErrors: [{ code: 'TAKEN', path: ['input', 'id'] }] },
  });
});

describe('figures that could describe a person are refused', () => {
  const sensitive = {
    metricCode: 'INFORMATION_REPORTS',
    name: { vi: 'Nguồn tin' },
    measure: { value: 4, qualifier: 'EXACT', asPrinted: '4' },
    period: { from: '2022' },
    contributorIds: ['org-cong-an-tinh-thai-binh'],
    provenance: [cited(3)],
  };

  it.each([
    ['under five', { unitId: 'place-tinh-thai-binh' }, ['input', 'measure', 'value']],
    ['of a commune', { unitId: 'place-phuong-ky-ba' }, ['input', 'unitId']],
    ['of no place', {}, ['input', 'unitId']],
  ])('%s', async (_name, given, path) => {
    const answer = await graph.execute(
      CREATE,
      { input: { ...sensitive, ...given } },
      keys.keys.police,
    );
    expect(answer.data).toMatchObject({
      outcomeCreate: { outcome: null, userErrors: [{ code: 'PRIVACY', path }] },
    });
  });
});

it('the audit trail is for those whom it concerns', async () => {
  const TRAIL = `{ campaignsAuditTrail(filter: { recordId: "${input.id}" }) {
    totalCount nodes { id operation version reason agency { id } before after }
  } }`;
  expect((await graph.execute(TRAIL)).errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
  const own = await graph.execute(TRAIL, {}, keys.keys.ministry);
  const trail = own.data as {
    campaignsAuditTrail: { nodes: { before: unknown; after: { value: number } | null }[] };
  };
  expect(trail.campaignsAuditTrail).toMatchObject({
    totalCount: 3,
    nodes: [
      {
        operation: 'WITHDRAW',
        version: 3,
        agency: { id: 'org-cong-an-tinh-thai-binh' },
        after: null,
      },
      { operation: 'CORRECT', version: 2, agency: { id: 'org-bo-cong-an' } },
      {
        operation: 'CREATE',
        version: 1,
        before: null,
        after: { value: 740, metricCode: 'TIP_BOXES' },
      },
    ],
  });
  const others = await graph.execute(TRAIL, {}, keys.keys.elderly);
  expect(others.data).toMatchObject({ campaignsAuditTrail: { totalCount: 0 } });
});
