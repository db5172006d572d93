import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database } from '../../../../subgraphs/campaigns/database.ts';
import { startGraph } from '../../../helpers/graph.ts';
import { createKeys, editorOf } from '../../../helpers/createKeys.ts';
import { cited } from '../../../helpers/writing.ts';

/** Many records in one mutation: each row by itself, none twice. */

const POLICE = 'org-cong-an-tinh-thai-binh';

let graph: Awaited<ReturnType<typeof startGraph>>;
let keys: Awaited<ReturnType<typeof createKeys<'police' | 'administrator' | 'reader'>>>;

beforeAll(async () => {
  keys = await createKeys({
    police: editorOf(POLICE),
    administrator: { agency: 'org-bo-cong-an', roles: ['administrator'], scopes: ['*'] },
    reader: { agency: POLICE, roles: [], scopes: ['*'] },
  });
  graph = await startGraph({ keysFile: keys.file });
});

afterAll(async () => {
  await graph?.close();
  await keys?.remove();
});

const figure = (value: number, more: object = {}) => ({
  metricCode: 'LEAFLETS',
  name: { vi: `Tờ rơi đợt ${value}` },
  measure: { value, qualifier: 'EXACT', asPrinted: String(value) },
  period: { from: '2024' },
  contributorIds: [POLICE],
  provenance: [cited()],
  ...more,
});

async function importRows(
  rows: readonly object[],
  { key = keys.keys.police, agencyId = POLICE, dryRun = false } = {},
) {
  const { data, errors } = await graph.execute(
    `mutation ($agencyId: ID!, $rows: [OutcomeCreateInput!]!, $dryRun: Boolean!) {
      outcomeImport(agencyId: $agencyId, rows: $rows, dryRun: $dryRun) {
        results { index status id userErrors { code message path } }
      }
    }`,
    { agencyId, rows, dryRun },
    key,
  );
  if (errors?.[0]) throw new Error(`${String(errors[0].extensions['code'])} ${errors[0].message}`);
  return (data as { outcomeImport: { results: Record<string, unknown>[] } }).outcomeImport.results;
}

const countRows = () => database.collection('outcomes').countDocuments();

describe('rows', () => {
  it('are accepted and refused each by itself, with paths into the list', async () => {
    const before = await countRows();
    const rows = [
      figure(101),
      figure(102, { unitId: 'place-nowhere' }),
      figure(103, { contributorIds: ['org-hoi-nct-viet-nam'] }),
      figure(104),
    ];
    expect(await importRows(rows)).toEqual([
      { index: 0, status: 'ACCEPTED', id: 'out-to-roi-dot-101', userErrors: [] },
      {
        index: 1,
        status: 'REFUSED',
        id: null,
        userErrors: [
          {
            code: 'NOT_FOUND',
            message: 'there is no unit place-nowhere',
            path: ['rows', '1', 'unitId'],
          },
        ],
      },
      {
        index: 2,
        status: 'REFUSED',
        id: null,
        userErrors: [
          {
            code: 'FORBIDDEN',
            message: `This Outcome does not belong to ${POLICE} or one of its branches, as it is or as it is to be.`,
            path: ['rows', '2'],
          },
        ],
      },
      { index: 3, status: 'ACCEPTED', id: 'out-to-roi-dot-104', userErrors: [] },
    ]);
    expect(await countRows()).toBe(before + 2);
  });

  it('that say the same are there already, however they are put', async () => {
    const before = await countRows();
    const same = figure(101, {
      name: { vi: ` ${'Tờ rơi đợt 101'.normalize('NFD')}`, en: null },
      campaignId: null,
      conflictsWithIds: [],
    });
    expect(await importRows([same, figure(105), figure(105)])).toEqual([
      { index: 0, status: 'ALREADY', id: 'out-to-roi-dot-101', userErrors: [] },
      { index: 1, status: 'ACCEPTED', id: 'out-to-roi-dot-105', userErrors: [] },
      { index: 2, status: 'ALREADY', id: 'out-to-roi-dot-105', userErrors: [] },
    ]);
    expect(await countRows()).toBe(before + 1);
  });

  it('are known again for good, where the keys of single writes expire', async () => {
    const kept = await database.collection('idempotencyKeys').find({}).toArray();
    expect(kept.map(({ at }) => at as unknown)).toEqual(kept.map(() => null));
    expect(kept).toHaveLength(3);
  });

  it('may refer to those before them', async () => {
    const whole = figure(200, { id: 'out-import-whole' });
    const part = figure(150, { id: 'out-import-part', subsetOfId: 'out-import-whole' });
    const results = await importRows([whole, part]);
    expect(results.map(({ status, id }) => [status, id])).toEqual([
      ['ACCEPTED', 'out-import-whole'],
      ['ACCEPTED', 'out-import-part'],
    ]);
  });

  it('each have an entry in the audit trail', async () => {
    const entry = await database
      .collection('changes')
      .findOne(
        { recordId: 'out-to-roi-dot-105' },
        { projection: { _id: 0, operation: 1, agencyId: 1 } },
      );
    expect(entry).toEqual({ operation: 'CREATE', agencyId: POLICE });
  });
});

it('a dry run says what would come of the rows and writes nothing', async () => {
  const before = await countRows();
  const rows = [figure(301), figure(101), figure(302, { metricCode: 'NO_SUCH' })];
  const results = await importRows(rows, { dryRun: true });
  expect(results.map(({ status, id }) => [status, id])).toEqual([
    ['ACCEPTED', null],
    ['ALREADY', 'out-to-roi-dot-101'],
    ['REFUSED', null],
  ]);
  expect(await countRows()).toBe(before);
  expect(await database.collection('changes').countDocuments({ recordId: /301/ })).toBe(0);
});

describe('whoever may not write', () => {
  it('learns it before any row is looked at', async () => {
    await expect(importRows([], { key: 'nonsense' })).rejects.toThrow('UNAUTHENTICATED');
    await expect(importRows([], { key: keys.keys.reader })).rejects.toThrow(
      'FORBIDDEN Writing needs the role "editor"',
    );
    await expect(importRows([figure(1)], { agencyId: 'org-bo-cong-an' })).rejects.toThrow(
      `FORBIDDEN This key is that of ${POLICE}, not of org-bo-cong-an`,
    );
    expect(await importRows([])).toEqual([]);
  });

  it('is nobody who is an administrator', async () => {
    const [result] = await importRows([figure(401)], { key: keys.keys.administrator });
    expect(result).toMatchObject({ status: 'ACCEPTED' });
  });
});

it('more than 200 rows at once are refused as a whole', async () => {
  const rows = Array.from({ length: 201 }, (_, index) => figure(index + 1000));
  await expect(importRows(rows)).rejects.toThrow(
    'BAD_USER_INPUT An import takes 200 rows at once; these are 201.',
  );
});

it.each([
  'organization',
  'source',
  'campaign',
  'activity',
  'participation',
  'securityModel',
  'recognition',
])('%sImport is there', async (field) => {
  const { data } = await graph.execute(
    `mutation { payload: ${field}Import(agencyId: "${POLICE}", rows: []) { results { index } } }`,
    {},
    keys.keys.police,
  );
  expect(data).toEqual({ payload: { results: [] } });
});
