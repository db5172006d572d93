import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  askForErrors,
  askPage,
  askPages,
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

/** A list under one sort, read page by page so far; the pages stand in the order of the list. */
interface Reading {
  sort: object;
  pages: Page<{ id: string }>[];
  /** Where to go on; null when there is no page more. */
  cursor: string | null | undefined;
}

/** Reads a list under each of its sorts, from the start or from the end, `size` records at a time. */
async function readPages(list: List, size: number, fromEnd: boolean): Promise<Reading[]> {
  const readings = sortsOf(list).map((sort): Reading => ({ sort, pages: [], cursor: undefined }));
  for (let open = readings; open.length; open = open.filter(({ cursor }) => cursor)) {
    const variants = open.map(({ sort, cursor }) =>
      fromEnd ? { ...sort, last: size, before: cursor } : { ...sort, first: size, after: cursor },
    );
    for (const [index, page] of (await askPages(graph, list, hub, variants)).entries()) {
      const reading = open[index];
      if (!reading) continue;
      const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
      if (fromEnd) reading.pages.unshift(page);
      else reading.pages.push(page);
      const goesOn = fromEnd ? hasPreviousPage : hasNextPage;
      const next = fromEnd ? startCursor : endCursor;
      reading.cursor = goesOn ? next : null;
    }
  }
  return readings;
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
  it('pages are the list, forward and backward, in every sort', async () => {
    const sorts = sortsOf(list);
    const wholes = await askPages(
      graph,
      list,
      hub,
      sorts.map((sort) => ({ ...sort, first: 100 })),
    );
    for (const { nodes, edges, totalCount } of wholes) {
      expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
      expect(nodes.length).toBeGreaterThanOrEqual(7);
      expect(totalCount).toBe(nodes.length);
      expect(edges.map(({ node }) => node)).toEqual(nodes);
    }
    const size = Math.ceil((wholes[0]?.nodes.length ?? 0) / 4);
    for (const fromEnd of [false, true]) {
      for (const [index, { sort, pages }] of (await readPages(list, size, fromEnd)).entries()) {
        const title = JSON.stringify(sort);
        expect(
          pages.flatMap(({ edges }) => edges),
          title,
        ).toEqual(wholes[index]?.edges);
        for (const [at, { edges, nodes, pageInfo, totalCount }] of pages.entries()) {
          expect(nodes).toEqual(edges.map(({ node }) => node));
          expect(totalCount).toBe(wholes[index]?.totalCount);
          expect(pageInfo, title).toEqual({
            hasNextPage: at < pages.length - 1,
            hasPreviousPage: at > 0,
            startCursor: edges.at(0)?.cursor,
            endCursor: edges.at(-1)?.cursor,
          });
        }
      }
    }
  });

  it('a page between two cursors lies between them, from either side', async () => {
    const { edges } = await askPage(graph, list, hub, { first: 100 });
    const [after, before] = [edges.at(1)?.cursor, edges.at(-2)?.cursor];
    const between = edges.slice(2, -2).map(({ node }) => node);
    const sizes = [{}, { first: 1 }, { last: 1 }];
    const pages = await askPages(
      graph,
      list,
      hub,
      sizes.map((size) => ({ after, before, ...size })),
    );
    expect(pages.map(({ nodes }) => nodes)).toEqual([
      between.slice(0, 20),
      between.slice(0, 1),
      between.slice(-1),
    ]);
    expect(pages.map(({ totalCount }) => totalCount)).toEqual(sizes.map(() => edges.length));
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
      const sorts = sortsOf(list);
      const pages = await askPages(
        graph,
        list,
        hub,
        sorts.map((sort) => ({ ...sort, first: 1 })),
      );
      for (const [index, { pageInfo }] of pages.entries()) {
        cursors.set(pageInfo.endCursor ?? '', { of: list.of, sort: sorts[index]?.sort });
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
