import { get, type IncomingMessage } from 'node:http';
import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import { heldBytes } from '../../helpers/heldBytes.ts';
import { send } from '../kit.ts';
import { startTables } from './startTables.ts';

const ITEMS = `query Items($first: Int, $after: String) {
  items(first: $first, after: $after) {
    nodes { id name color size weight isNew tags box { name { vi en } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** Reads a table to its end, or as far as it comes. */
function read(url: string, headers: Record<string, string> = {}) {
  return new Promise<{ message: IncomingMessage; text: string; isComplete: boolean }>(
    (resolve, reject) => {
      get(url, { headers }, (message) => {
        const chunks: Buffer[] = [];
        message.on('data', (chunk: Buffer) => chunks.push(chunk));
        message.on('error', () => {});
        message.on('close', () =>
          resolve({
            message,
            text: Buffer.concat(chunks).toString(),
            isComplete: message.complete,
          }),
        );
      }).on('error', reject);
    },
  );
}

const rowsOf = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('a table has one row for each item, in every format, with the same values', async () => {
  const { root } = await startTables({ items: 250 }, { Items: ITEMS });
  const ndjson = rowsOf((await read(`${root}/data/Items.ndjson`)).text);
  expect(ndjson).toHaveLength(250);
  expect(ndjson[1]).toEqual({
    id: 'item-1',
    name: 'Đạ Tẻh 1',
    color: 'RED',
    size: 1,
    weight: 0.125,
    isNew: false,
    tags: ['a', 'b;c'],
    'box.name.vi': 'Hộp',
    'box.name.en': null,
  });
  expect(await (await fetch(`${root}/data/Items.json`)).json()).toEqual(ndjson);

  const asText = ndjson.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        Array.isArray(value)
          ? value.join('; ')
          : value === null
            ? ''
            : JSON.stringify(value).replace(/^"|"$/g, ''),
      ]),
    ),
  );
  const { text } = await read(`${root}/data/Items.csv`);
  expect(
    text.startsWith('\uFEFFid,name,color,size,weight,isNew,tags,box.name.vi,box.name.en\r\n'),
  ).toBe(true);
  expect(parseCsv(text, { bom: true, columns: true })).toEqual(asText);

  const file = await (await fetch(`${root}/data/Items.parquet`)).arrayBuffer();
  const parquet = await parquetReadObjects({ file });
  expect(parquet).toEqual(ndjson);
});

test('pages are as large as the graph allows, and none is asked for twice', async () => {
  const pages: number[] = [];
  const { root } = await startTables(
    { items: 250, onPage: (after) => void pages.push(after) },
    { Items: ITEMS },
  );
  const { message } = await read(`${root}/data/Items.csv`);
  expect(pages).toEqual([0, 100, 200]);
  expect(message.headers['x-row-count']).toBe('250');
});

test('a page that is too dear is asked for in smaller ones', async () => {
  const pages: number[] = [];
  const { root } = await startTables(
    { items: 100, onPage: (after) => void pages.push(after) },
    { Items: ITEMS },
    { COST_LIMIT: '110' },
  );
  const { message, text } = await read(`${root}/data/Items.ndjson`);
  expect(message.statusCode).toBe(200);
  expect(rowsOf(text)).toHaveLength(100);
  expect(pages.length).toBeGreaterThan(1);
});

test('who has spent all waits in the middle of a table, and gets it whole', async () => {
  const { root } = await startTables(
    { items: 300 },
    { Items: ITEMS },
    // A page costs some 200: the second has to wait.
    {
      COST_LIMIT: '400',
      COST_BUCKET: '400',
      COST_RESTORE_PER_S: '400',
      RATE_LIMIT_SPARES_LOOPBACK: 'false',
    },
  );
  const { text, isComplete } = await read(`${root}/data/Items.ndjson`);
  expect(isComplete).toBe(true);
  expect(rowsOf(text)).toHaveLength(300);
});

test('lists within rows make the rows; what has none keeps a row', async () => {
  const { root } = await startTables(
    { items: 3, parts: (item) => item },
    { Parts: 'query Parts { items { nodes { id parts { nodes { name count } } } } }' },
  );
  expect(rowsOf((await read(`${root}/data/Parts.ndjson`)).text)).toEqual([
    { id: 'item-0', 'parts.name': null, 'parts.count': null },
    { id: 'item-1', 'parts.name': 'part 0', 'parts.count': 0 },
    { id: 'item-2', 'parts.name': 'part 0', 'parts.count': 0 },
    { id: 'item-2', 'parts.name': 'part 1', 'parts.count': 1 },
  ]);
});

test('a list within a row that is longer than a page is followed, in its place', async () => {
  const pages: number[] = [];
  const { root } = await startTables(
    { items: 3, parts: (item) => item * 120, onPage: (after) => void pages.push(after) },
    {
      Parts: 'query Parts { items { nodes { id parts { nodes { name } } } } }',
      First: 'query First { items { nodes { id parts(first: 2) { nodes { name } } } } }',
    },
  );
  const { message, text } = await read(`${root}/data/Parts.ndjson`);
  expect(message.headers['x-row-count']).toBe('361');
  expect(rowsOf(text)).toEqual(
    [0, 1, 2].flatMap((item) =>
      Array.from({ length: item * 120 || 1 }, (_, part) => ({
        id: `item-${item}`,
        'parts.name': item ? `part ${part}` : null,
      })),
    ),
  );
  // The page of all, then the rest of the second, and twice more of the third.
  expect(pages).toEqual([0, 1, 2, 2]);
  expect(rowsOf((await read(`${root}/data/First.ndjson`)).text)).toHaveLength(5);
});

test.each([true, false])(
  "a list within a row that can't be followed is never cut short in silence (cursors: %s)",
  async (tellsCursors) => {
    const { root } = await startTables(
      { items: 3, screws: (item) => item * 100, tellsCursors },
      { Screws: 'query Screws { items { nodes { id others { screws { nodes { name } } } } } }' },
    );
    const { message, text } = await read(`${root}/data/Screws.csv`);
    expect(message.statusCode).toBe(400);
    expect(text).toContain('TABLE_LIST_TOO_LONG');
    expect(text).toContain('`items.others.screws`');
  },
);

test('a list within a row that is taken away while it is read is no other list', async () => {
  const taken = new Set<number>();
  const { root } = await startTables(
    {
      items: 3,
      parts: () => 120,
      taken,
      onPage: (after) => void (after === 1 && taken.add(1)),
    },
    { Parts: 'query Parts { items { nodes { id parts { nodes { name } } } } }' },
  );
  const { message, text } = await read(`${root}/data/Parts.csv`);
  expect(message.statusCode).toBe(409);
  expect(text).toContain('TABLE_CHANGED');
  expect(rowsOf((await read(`${root}/data/Parts.ndjson`)).text)).toHaveLength(240);
});

test('two lists beside each other are refused, with what to do', async () => {
  const { root } = await startTables(
    { items: 3 },
    { Both: 'query Both { items { nodes { id parts { nodes { name } } others { name } } } }' },
  );
  const { message, text } = await read(`${root}/data/Both.csv`);
  expect(message.statusCode).toBe(400);
  expect(text).toContain('`items.parts` and `items.others` are lists beside each other');
});

test('edges, fragments, aliases and types make columns that do not depend on data', async () => {
  const { root } = await startTables(
    { items: 1 },
    {
      Edges: `query Edges { list: items { edges { cursor node { ...Names box { name { vi } } } } } }
        fragment Names on Item { id alias: name }`,
      Shapes:
        'query Shapes { shapes { __typename id ... on Circle { radius } ... on Square { side } } }',
      Counted: 'query Counted { items { totalCount nodes { id } } }',
    },
  );
  const table = async (name: string) => rowsOf((await read(`${root}/data/${name}.ndjson`)).text);
  expect(await table('Edges')).toEqual([
    { cursor: '1', id: 'item-0', alias: 'Đạ Tẻh 0', 'box.name.vi': null },
  ]);
  expect(await table('Shapes')).toEqual([
    { __typename: 'Circle', id: 'c', radius: 1.5, side: null },
    { __typename: 'Square', id: 's', radius: null, side: 2 },
  ]);
  expect(await table('Counted')).toEqual([{ totalCount: 1, id: 'item-0' }]);
});

test('where records were printed is added on request, in cells', async () => {
  const { root } = await startTables({ items: 2 }, { Items: ITEMS });
  const rows = rowsOf((await read(`${root}/data/Items.ndjson?provenance=true`)).text);
  expect(rows).toHaveLength(2);
  expect(rows[1]).toMatchObject({
    id: 'item-1',
    'provenance.source.id': ['s1', 's2'],
    'provenance.source.title': ['Báo', 'Đài'],
    'provenance.asPrinted': ['1', null],
    'provenance.paragraphs': [[1, 2], [3]],
  });
  const file = await (await fetch(`${root}/data/Items.parquet?provenance=true`)).arrayBuffer();
  expect(await parquetReadObjects({ file })).toEqual(rows);
  const { text } = await read(`${root}/data/Items.csv?provenance=true`);
  const [first] = parseCsv<Record<string, string>>(text, { bom: true, columns: true });
  expect(first?.['provenance.paragraphs']).toBe('1, 2; 3');
});

test('parameters are variables of the operation, read by their types', async () => {
  const { root } = await startTables(
    { items: 1 },
    {
      Echo: `query Echo($texts: [String!], $filter: Filter, $count: Int, $isNew: Boolean) {
        echo(texts: $texts, filter: $filter, count: $count, isNew: $isNew) { text } }`,
    },
  );
  const echo = async (search: string) => {
    const { text } = await read(`${root}/data/Echo.ndjson?${search}`);
    const [row] = rowsOf(text);
    return 'text' in (row ?? {}) ? (JSON.parse(String(row?.['text'])) as unknown) : row;
  };
  expect(await echo('texts=007&texts=%C4%91&count=7&isNew=true')).toEqual({
    texts: ['007', 'đ'],
    count: 7,
    isNew: true,
  });
  expect(await echo('filter.size=3&filter.colors=RED&filter.inner.size=4')).toEqual({
    filter: { size: 3, colors: ['RED'], inner: { size: 4 } },
  });
  expect(await echo('filter={"size":3}&filter.colors=BLUE')).toEqual({
    filter: { size: 3, colors: ['BLUE'] },
  });
  for (const [search, word] of [
    ['colour=1', 'there are: texts, filter.size, filter.colors, filter.inner, count, isNew'],
    ['filter.__proto__.x=1', 'There is no parameter'],
    ['__proto__=1', 'There is no parameter'],
    ['count=many', 'Int cannot represent'],
    ['count=1&count=2', 'more than once'],
    ['filter={size', 'no JSON'],
    ['first=3', 'no pages'],
  ] as const) {
    const { message, text } = await read(`${root}/data/Echo.csv?${search}`);
    expect(message.statusCode, search).toBe(400);
    expect(text, search).toContain(word);
  }
});

test('a page of a table says where the next one is', async () => {
  const { root } = await startTables({ items: 5 }, { Items: ITEMS });
  const seen: unknown[] = [];
  let next: string | undefined = '/data/Items.ndjson?first=2';
  const sizes: number[] = [];
  while (next !== undefined) {
    const { message, text } = await read(`${root}${next}`);
    sizes.push(rowsOf(text).length);
    seen.push(...rowsOf(text).map(({ id }) => id));
    next = /<([^>]+)>; rel="next"/.exec(String(message.headers.link))?.[1];
  }
  expect(sizes).toEqual([2, 2, 1]);
  expect(seen).toEqual(['item-0', 'item-1', 'item-2', 'item-3', 'item-4']);
  for (const search of ['first=0', 'first=x', 'after=2', 'first=1e3']) {
    expect((await read(`${root}/data/Items.csv?${search}`)).message.statusCode, search).toBe(400);
  }
});

test('what has not changed is not sent again, and HEAD has the same headers', async () => {
  const { root } = await startTables({ items: 5 }, { Items: ITEMS });
  const first = await fetch(`${root}/data/Items.csv`);
  const etag = first.headers.get('etag') ?? '';
  const again = await fetch(`${root}/data/Items.csv`, { headers: { 'if-none-match': etag } });
  expect([again.status, await again.text()]).toEqual([304, '']);
  const head = await fetch(`${root}/data/Items.csv`, { method: 'HEAD' });
  expect(await head.text()).toBe('');
  const body = Buffer.from(await first.arrayBuffer());
  for (const name of ['etag', 'content-type', 'x-row-count', 'link']) {
    expect(head.headers.get(name), name).toBe(first.headers.get(name));
  }
  expect(head.headers.get('content-length')).toBe(String(body.length));
});

test.each(['csv', 'ndjson', 'json', 'parquet'])(
  'an error in the middle of a long %s is seen by whoever reads it',
  async (extension) => {
    const { root } = await startTables({ items: 80_000, breaksAt: 70_000 }, { Items: ITEMS });
    const { message, text, isComplete } = await read(`${root}/data/Items.${extension}`);
    expect(message.statusCode).toBe(200);
    expect(isComplete).toBe(false);
    expect(message.trailers['x-row-count']).toBeUndefined();
    if (extension === 'parquet') expect(text.endsWith('PAR1')).toBe(false);
    else expect(text.split('\n').filter(Boolean).at(-1)).toMatch(/The shelf broke\./);
    if (extension === 'json') expect(() => JSON.parse(text) as unknown).toThrow();
  },
);

test('an error before anything was sent is an answer like any other', async () => {
  const { root } = await startTables({ items: 50, breaksAt: 10 }, { Items: ITEMS });
  const response = await fetch(`${root}/data/Items.csv`);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    errors: [{ message: 'The shelf broke.', extensions: { code: 'SHELF_BROKEN' } }],
  });
});

test('a client that goes away ends the work', async () => {
  let pages = 0;
  const names = ['x'.repeat(20_000)];
  const { root, load } = await startTables(
    { items: 1_000_000, names, onPage: () => void (pages += 1) },
    { Items: ITEMS },
  );
  await new Promise<void>((resolve) => {
    const request = get(`${root}/data/Items.ndjson`, (message) => {
      message.once('data', () => {
        request.destroy();
        resolve();
      });
    });
    request.on('error', () => {});
  });
  await expect
    .poll(async () => {
      const before = pages;
      await new Promise((resolve) => setTimeout(resolve, 200));
      return pages - before;
    })
    .toBe(0);
  expect(pages).toBeLessThan(1_000);
  expect(load().running).toBe(0);
});

test('a client that reads slowly is not written ahead of', async () => {
  let pages = 0;
  const names = ['x'.repeat(20_000)];
  const { root } = await startTables(
    { items: 100_000, names, onPage: () => void (pages += 1) },
    { Items: ITEMS },
  );
  const message = await new Promise<IncomingMessage>((resolve) =>
    get(`${root}/data/Items.csv`, resolve),
  );
  message.pause();
  await expect
    .poll(async () => {
      const before = pages;
      await new Promise((resolve) => setTimeout(resolve, 300));
      return pages - before;
    })
    .toBe(0);
  // What the sockets of this machine hold by themselves.
  expect(pages).toBeLessThan(30);
  message.destroy();
});

test('memory does not grow with a table', async () => {
  const { root } = await startTables({ items: 100_000 }, { Items: ITEMS });
  const before = heldBytes();
  let most = 0;
  let rows = 0;
  await new Promise<void>((resolve, reject) => {
    get(`${root}/data/Items.csv`, (message) => {
      let chunks = 0;
      message.on('data', (chunk: Buffer) => {
        for (const byte of chunk) if (byte === 10) rows += 1;
        chunks += 1;
        if (chunks % 50 === 0) most = Math.max(most, heldBytes() - before);
      });
      message.on('end', () => {
        expect(message.trailers['x-row-count']).toBe('100000');
        resolve();
      });
    }).on('error', reject);
  });
  expect(rows).toBe(100_001);
  expect(most).toBeLessThan(40e6);
});

test('a query of ones own is a table too, under the same limits', async () => {
  const { root } = await startTables({ items: 3 }, {}, { LIMIT_DEPTH: '4' });
  const post = (query: string, extension = 'csv', variables = {}) =>
    send(`${root}/data.${extension}`, { query, variables });
  const good = await post('query ($n: Int) { items(first: $n) { nodes { id } } }', 'csv', { n: 2 });
  expect(await good.text()).toBe('\uFEFFid\r\nitem-0\r\nitem-1\r\nitem-2\r\n'.slice(1));
  expect((await post('{ items { nodes { id } } }', 'parquet')).headers.get('content-type')).toBe(
    'application/vnd.apache.parquet',
  );
  for (const [query, code] of [
    ['{ items { nodes { box { name { vi } } } } }', 'LIMIT'],
    ['{ items { nodes { colour } } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ items {', 'GRAPHQL_PARSE_FAILED'],
    ['', 'GRAPHQL_PARSE_FAILED'],
    ['{ __typename ', 'GRAPHQL_PARSE_FAILED'],
  ] as const) {
    const response = await post(query);
    expect(response.status, query).toBe(400);
    expect(await response.text(), query).toContain(code);
  }
  const form = await fetch(`${root}/data.csv`, {
    method: 'POST',
    body: new URLSearchParams({ query: '{__typename}' }),
  });
  expect(form.status).toBe(415);
});

test('formulas in text are no formulas in a spreadsheet, and numbers stay numbers', async () => {
  const names = ['=1+1', '@SUM(A1)', '-5', '+84 24', '"quoted", and\r\nbroken', 'Đạ Tẻh'];
  const { root } = await startTables({ items: names.length, names }, { Items: ITEMS });
  const { text } = await read(`${root}/data/Items.csv`);
  const rows = parseCsv<Record<string, string>>(text, { bom: true, columns: true });
  expect(rows.map(({ name }) => name)).toEqual([
    "'=1+1",
    "'@SUM(A1)",
    "'-5",
    "'+84 24",
    '"quoted", and\r\nbroken',
    'Đạ Tẻh',
  ]);
  expect(rowsOf((await read(`${root}/data/Items.ndjson`)).text).map(({ name }) => name)).toEqual(
    names,
  );
});

test('any lists are the rows that a plain loop over the whole answer makes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: 12 }), { maxLength: 230 }),
      fc.constantFrom('nodes', 'edges'),
      async (parts, way) => {
        const inside = 'id size parts { nodes { name count } }';
        const list = way === 'nodes' ? `nodes { ${inside} }` : `edges { node { ${inside} } }`;
        const { root, close } = await startTables(
          { items: parts.length, parts: (item) => parts[item] ?? 0 },
          { Parts: `query Parts { items { ${list} } }` },
        );
        const expected = parts.flatMap((count, item) =>
          Array.from({ length: Math.max(count, 1) }, (_, part) => ({
            id: `item-${item}`,
            size: item,
            'parts.name': count ? `part ${part}` : null,
            'parts.count': count ? part : null,
          })),
        );
        expect(rowsOf((await read(`${root}/data/Parts.ndjson`)).text)).toEqual(expected);
        await close();
      },
    ),
    { numRuns: 15 },
  );
});

test('lists within lists are the rows of a plain loop, wherever their pages end', async () => {
  const length = fc.oneof(fc.nat({ max: 3 }), fc.constantFrom(99, 100, 101, 201));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(length, { maxLength: 3 }), { maxLength: 4 }),
      fc.array(length, { maxLength: 2 }),
      fc.constantFrom('nodes', 'edges'),
      async (short, counts, way) => {
        // Some items have very many parts, of which few have screws.
        const items = [
          ...short,
          ...counts.map((count) => Array.from({ length: count }, (_, part) => part % 90)),
        ];
        const of = (fields: string) =>
          way === 'nodes' ? `nodes { ${fields} }` : `edges { node { ${fields} } }`;
        const parts = `parts { ${of('name screws { nodes { name } }')} }`;
        const { root, close } = await startTables(
          {
            items: items.length,
            parts: (item) => items[item]?.length ?? 0,
            screws: (item, part) => items[item]?.[part] ?? 0,
          },
          { Screws: `query Screws { items { ${of(`id ${parts}`)} } }` },
        );
        const row = (id: string, part: string | null, screw: string | null) => ({
          id,
          'parts.name': part,
          'parts.screws.name': screw,
        });
        const expected = items.flatMap((partsOf, item) =>
          partsOf.length
            ? partsOf.flatMap((count, part) =>
                Array.from({ length: count || 1 }, (_, screw) =>
                  row(`item-${item}`, `part ${part}`, count ? `screw ${screw}` : null),
                ),
              )
            : [row(`item-${item}`, null, null)],
        );
        expect(rowsOf((await read(`${root}/data/Screws.ndjson`)).text)).toEqual(expected);
        await close();
      },
    ),
    { numRuns: 20 },
  );
});

test('what tables there are is described for machines and for people', async () => {
  const { root } = await startTables(
    { items: 1 },
    {
      Items: `# title:\n#   vi: Các món\n#   en: Items\n# audience: [data]\n${ITEMS}`,
      Both: 'query Both { items { nodes { parts { nodes { name } } others { name } } } }',
    },
  );
  const { resources } = (await (await fetch(`${root}/data`)).json()) as {
    resources: { name: string; title: string; schema: { fields: { name: string }[] } }[];
  };
  expect(resources.map(({ name, title }) => [name, title])).toEqual([['Items', 'Các món']]);
  expect(resources[0]?.schema.fields).toContainEqual({
    name: 'name',
    type: 'string',
    description: 'What it is called.',
  });
  expect(resources[0]?.schema.fields).toContainEqual({
    name: 'color',
    type: 'string',
    constraints: { enum: ['RED', 'BLUE'] },
  });
  expect(await (await fetch(`${root}/data/Items`)).json()).toEqual(resources[0]);
  const page = await fetch(`${root}/data`, { headers: { accept: 'text/html' } });
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await page.text()).toContain('<h2>Các món <small lang="en">Items</small></h2>');
  const missing = await fetch(`${root}/data/Nothing.csv`);
  expect([missing.status, await missing.text()]).toEqual([
    404,
    expect.stringContaining('there are Both, Items, each as .csv, .ndjson, .json, .parquet'),
  ]);
});
