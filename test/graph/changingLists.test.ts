import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subgraphs } from '../../subgraphs/index.ts';
import { askPage, lists, type List, type Page } from '../helpers/connections.ts';
import { citing, createRecords } from '../helpers/factories.ts';
import { startGraph } from '../helpers/graph.ts';
import { createHub, type Hub } from '../helpers/hub.ts';

/** Pages stay right while records come and go between them. */

let graph: Awaited<ReturnType<typeof startGraph>>;

beforeAll(async () => {
  graph = await startGraph();
});

afterAll(() => graph?.close());

const listNamed = (title: string): List => {
  const list = lists.find((each) => each.title === title);
  if (!list) throw new Error(`there is no list ${title}`);
  return list;
};

async function remove(model: string, ids: readonly string[]): Promise<void> {
  const database = subgraphs.find(({ database }) => model in database.models)?.database;
  const collection = database?.model(model).collection.name ?? '';
  await database?.collection<{ _id: string }>(collection).deleteMany({ _id: { $in: [...ids] } });
}

const idsOf = ({ nodes }: Page<{ id: string }>) => nodes.map(({ id }) => id);

/** Lists of everything and of one parent, with records that stand first, between and last in them. */
const cases = [
  {
    title: 'Campaign.outcomes',
    sort: 'VALUE_DESC',
    model: 'Outcome',
    add: (records: ReturnType<typeof createRecords>, { Campaign: campaign }: Hub) =>
      [1_000_000, 5, 0.001].map((value) => records.createOutcome({ campaign, value }).id),
  },
  {
    title: 'Organization.campaigns',
    sort: 'NAME',
    model: 'Campaign',
    add: (records: ReturnType<typeof createRecords>, { Organization: organization }: Hub) =>
      ['An ninh', 'Đoàn kết', 'Yên vui'].map(
        (nameVi) =>
          records.createCampaign({ nameVi, parties: [{ organization, role: 'LEAD' }] }).id,
      ),
  },
  {
    title: 'Source.recognitions',
    sort: 'CONFERRED_ASC',
    model: 'Recognition',
    add: (records: ReturnType<typeof createRecords>, { Source: source }: Hub) =>
      ['1999', '2020-01-01', undefined].map(
        (conferredOn) => records.createRecognition({ conferredOn, provenance: citing(source) }).id,
      ),
  },
  {
    title: 'Query.sources',
    sort: undefined,
    model: 'Source',
    add: (records: ReturnType<typeof createRecords>) =>
      ['2099', '2020-01-01', '1899'].map((publishedAt) => records.createSource({ publishedAt }).id),
  },
];

describe.each(cases)('$title by $sort', ({ title, sort, model, add }) => {
  it.each([
    ['forward', false],
    ['backward', true],
  ])('%s', async (_name, fromEnd) => {
    const records = createRecords();
    const hub = createHub(records, 9);
    await records.store();
    const list = listNamed(title);
    const before = idsOf(await askPage(graph, list, hub, { sort, first: 100 }));
    const size = Math.ceil(before.length / 4);
    const askNext = (cursor: string | null) =>
      askPage(graph, list, hub, {
        sort,
        ...(fromEnd ? { last: size, before: cursor } : { first: size, after: cursor }),
      });

    const first = await askNext(null);
    const cursor = fromEnd ? first.pageInfo.startCursor : first.pageInfo.endCursor;
    const inReadingOrder = fromEnd ? [...before].reverse() : before;
    // The record that the cursor points at, one before it and one to come.
    const gone = [inReadingOrder[size - 1], inReadingOrder[0], inReadingOrder[size + 1]].map(
      String,
    );
    await remove(model, gone);
    const more = createRecords();
    const added = add(more, hub);
    await more.store();

    const after = idsOf(await askPage(graph, list, hub, { sort, first: 100 }));
    const seen = idsOf(first);
    for (let page = await askNext(cursor); ;) {
      seen.splice(fromEnd ? 0 : seen.length, 0, ...idsOf(page));
      const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
      if (!(fromEnd ? hasPreviousPage : hasNextPage)) break;
      page = await askNext(fromEnd ? startCursor : endCursor);
    }

    const throughout = before.filter((id) => !gone.includes(id));
    expect(seen.filter((id) => throughout.includes(id))).toEqual(throughout);
    expect(new Set(seen).size).toBe(seen.length);
    // Of those that came, just the ones beyond the cursor are met, each in its place.
    const firstIds = idsOf(first);
    const rest = seen.filter((id) => !firstIds.includes(id));
    expect(after.filter((id) => rest.includes(id))).toEqual(rest);
    const beyond = fromEnd ? added.at(0) : added.at(-1);
    const passed = fromEnd ? added.at(-1) : added.at(0);
    expect(rest).toContain(beyond);
    expect(rest).not.toContain(passed);
  });
});

it('a cursor outlives the record that it points at', async () => {
  const records = createRecords();
  const hub = createHub(records, 5);
  await records.store();
  const list = listNamed('Campaign.models');
  const { edges } = await askPage(graph, list, hub, { first: 100 });
  const ids = edges.map(({ node }) => node.id);
  await remove('SecurityModel', ids.slice(0, 3));
  const rest = await askPage(graph, list, hub, { after: edges[2]?.cursor });
  expect(idsOf(rest)).toEqual(ids.slice(3));
  expect(rest.totalCount).toBe(2);
});
