import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  askForErrors,
  askPage,
  implementations,
  lists,
  listsOf,
  sortsOf,
  type List,
  type Page,
} from '../helpers/connections.ts';
import { createRecords } from '../helpers/factories.ts';
import { startGraph } from '../helpers/graph.ts';
import { createHub, type Hub } from '../helpers/hub.ts';

/** Every list of the API, found by reading the schema. */

let graph: Awaited<ReturnType<typeof startGraph>>;
let hub: Hub;

beforeAll(async () => {
  graph = await startGraph();
  const records = createRecords();
  hub = createHub(records, 7);
  await records.store();
});

afterAll(() => graph?.close());

const idsOf = ({ nodes }: Page<{ id: string }>) => nodes.map(({ id }) => id);

/** Reads a list page by page, from its start or from its end; the pages stand in the order of the list. */
async function readPages(list: List, size: number, sort: object, fromEnd: boolean) {
  const pages: Page<{ id: string }>[] = [];
  let cursor: string | null = null;
  do {
    const where: Record<string, unknown> = fromEnd
      ? { last: size, before: cursor }
      : { first: size, after: cursor };
    const page: Page<{ id: string }> = await askPage(graph, list, hub, { ...sort, ...where });
    if (fromEnd) pages.unshift(page);
    else pages.push(page);
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
    const goesOn = fromEnd ? hasPreviousPage : hasNextPage;
    cursor = goesOn ? (fromEnd ? startCursor : endCursor) : null;
  } while (cursor);
  return pages;
}

it('the API has the lists that the tests read', () => {
  expect(lists.length).toBeGreaterThanOrEqual(36);
});

it('a type has the lists of its interface', () => {
  for (const { type, parent } of implementations) {
    const fields = (lists: List[]) => lists.map(({ field }) => field).sort();
    expect(fields(listsOf(type))).toEqual(fields(listsOf(parent)));
  }
});

describe.each(lists)('$title', (list) => {
  it.each(sortsOf(list))('%j: pages are the list, forward and backward', async (sort) => {
    const whole = await askPage(graph, list, hub, { ...sort, first: 100 });
    const ids = idsOf(whole);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(7);
    expect(whole.totalCount).toBe(ids.length);
    expect(whole.edges.map(({ node }) => node)).toEqual(whole.nodes);

    const cursors = whole.edges.map(({ cursor }) => cursor);
    const size = Math.ceil(ids.length / 3);
    for (const fromEnd of [false, true]) {
      const pages = await readPages(list, size, sort, fromEnd);
      expect(pages.flatMap(idsOf)).toEqual(ids);
      expect(pages.flatMap(({ edges }) => edges.map(({ cursor }) => cursor))).toEqual(cursors);
      for (const [index, { edges, pageInfo, totalCount }] of pages.entries()) {
        expect(totalCount).toBe(ids.length);
        expect(pageInfo).toEqual({
          hasNextPage: index < pages.length - 1,
          hasPreviousPage: index > 0,
          startCursor: edges.at(0)?.cursor,
          endCursor: edges.at(-1)?.cursor,
        });
      }
    }
  });

  it('a page between two cursors lies between them, from either side', async () => {
    const { edges } = await askPage(graph, list, hub, { first: 100 });
    const [after, before] = [edges.at(1)?.cursor, edges.at(-2)?.cursor];
    const between = edges.slice(2, -2).map(({ node }) => node);
    const ask = (size: object) => askPage(graph, list, hub, { after, before, ...size });
    const [all, first, last] = [await ask({}), await ask({ first: 1 }), await ask({ last: 1 })];
    expect(all.nodes).toEqual(between.slice(0, 20));
    expect(first.nodes).toEqual(between.slice(0, 1));
    expect(last.nodes).toEqual(between.slice(-1));
    for (const { totalCount } of [all, first, last]) expect(totalCount).toBe(edges.length);
  });

  it('behind the last record there is an empty page', async () => {
    const { pageInfo } = await askPage(graph, list, hub, { last: 1 });
    expect(await askPage(graph, list, hub, { after: pageInfo.endCursor })).toMatchObject({
      edges: [],
      nodes: [],
      pageInfo: { hasNextPage: false, startCursor: null, endCursor: null },
    });
  });
});

const encode = (content: unknown) => Buffer.from(JSON.stringify(content)).toString('base64url');

describe('what cannot be a page is refused, with a word on what to do', () => {
  const refusals: [string, Record<string, unknown>, RegExp][] = [
    ['a size of 0', { first: 0 }, /^"first" must be from 1 to 100; got 0\. /],
    ['a negative size', { first: -1 }, /^"first" must be from 1 to 100; got -1\. /],
    ['a size beyond 100', { first: 101 }, /Ask for more with "after" and the cursor/],
    ['a size of 0 from the end', { last: 0 }, /^"last" must be from 1 to 100; got 0\. /],
    ['a size beyond 100 from the end', { last: 101 }, /Ask for more with "before" and the cursor/],
    ['both sizes', { first: 5, last: 5 }, /were both given; give one of them/],
    ['an empty cursor', { after: '' }, /"after" is not a cursor; give one from /],
    ['a cursor that is none', { after: 'garbage' }, /"after" is not a cursor; give one from /],
    ['another that is none', { before: 'Zzz=%$' }, /"before" is not a cursor; give one from /],
    ['a cursor of an object', { after: encode({}) }, /"after" is not a cursor/],
    [
      'a cursor with an operator in it',
      { after: encode(['NAME', { $gt: '' }, 'x']) },
      /"after" is not/,
    ],
    ['a cursor with a list in it', { before: encode(['NAME', ['a'], 'x']) }, /"before" is not/],
    ['a cursor with nothing in it', { before: encode([]) }, /"before" is not a cursor/],
    ['a cursor of null', { after: encode(['NAME', null, 'x']) }, /"after" is not a cursor/],
    [
      'a cursor of another order',
      { after: encode(['OTHER', 'a', 'x']) },
      /of another list or another sort/,
    ],
    ['a cursor of too few values', { after: encode(['NAME']) }, /of another list or another sort/],
  ];

  it.each(refusals)('%s', async (_name, page, message) => {
    for (const [title, error] of await askForErrors(graph, hub, page)) {
      expect(error?.message, title).toMatch(message);
      expect(error?.extensions['code'], title).toBe('BAD_USER_INPUT');
    }
  });

  it('a cursor of a list of other records, or of another sort', async () => {
    const cursors = new Map<string, { of: string; sort: unknown }>();
    for (const list of lists) {
      for (const { sort } of sortsOf(list)) {
        const { pageInfo } = await askPage(graph, list, hub, { first: 1, sort });
        cursors.set(pageInfo.endCursor ?? '', { of: list.of, sort });
      }
    }
    for (const [after, { of, sort }] of cursors) {
      const errors = await askForErrors(graph, hub, { after });
      for (const list of lists) {
        const defaultSort = list.args.find(({ name }) => name === 'sort')?.defaultValue;
        // A place in the same order is a place in the list of another parent as well.
        const expected =
          list.of === of && sort === defaultSort
            ? undefined
            : `"after" is a cursor of another list or another sort; start again from the first page.`;
        const from = `${list.title} after a cursor of ${of} by ${JSON.stringify(sort)}`;
        expect(errors.get(list.title)?.message, from).toBe(expected);
      }
    }
  });
});
