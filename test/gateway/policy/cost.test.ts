import { buildSubgraphSchema } from '@apollo/subgraph';
import fc from 'fast-check';
import { parse } from 'graphql';
import { describe, expect, it, test } from 'vitest';
import { createSubgraph, matching, post, startTestGateway, type TestSubgraph } from '../kit.ts';
import { ASKING, costOf, startShop } from './pricedGraph.ts';

/** Documents with what they may cost, worked by hand, and what they did cost. */
const documents: {
  rule: string;
  query: string;
  variables?: Record<string, unknown>;
  requested: number;
  actual?: number;
}[] = [
  { rule: 'scalars are free', query: '{ tags }', requested: 0 },
  { rule: '__typename is free', query: '{ __typename }', requested: 0 },
  { rule: 'an object costs 1', query: '{ find { id } }', requested: 1 },
  { rule: 'each object costs 1', query: '{ find { item { item { id } } } }', requested: 3 },
  { rule: 'a default value slices', query: '{ items { id } }', requested: 5 },
  { rule: 'a slicing argument', query: '{ items(first: 3) { id } }', requested: 3 },
  { rule: 'the larger of two', query: '{ items(first: 3, last: 8) { id } }', requested: 8 },
  { rule: 'lists multiply', query: '{ items(first: 3) { item { id } } }', requested: 6 },
  {
    rule: 'lists within lists',
    query: '{ items(first: 3) { items(first: 4) { item { id } } } }',
    requested: 3 * (1 + 4 * 2),
  },
  { rule: 'an assumed size', query: '{ assumed { id } }', requested: 7 },
  { rule: 'null is no size', query: '{ assumed(first: null) { id } }', requested: 7 },
  { rule: 'an assumed size of 10 where nothing is said', query: '{ plain { id } }', requested: 10 },
  { rule: 'lists of lists', query: '{ grid { id } }', requested: 100 },
  { rule: 'sized fields', query: '{ page(first: 4) { nodes { id } } }', requested: 5 },
  {
    rule: 'each of the sized fields',
    query: '{ page(first: 4) { nodes { id } edges { node { id } } } }',
    requested: 13,
  },
  {
    rule: 'others are not sized',
    query: '{ page(first: 4) { other { id } total } }',
    requested: 11,
  },
  { rule: 'sized fields, assumed', query: '{ page { nodes { id } } }', requested: 21 },
  {
    rule: 'sized fields, in a fragment that is used twice',
    query:
      '{ a: page(first: 2) { ...P } b: page(first: 3) { ...P } } fragment P on Page { nodes { id } }',
    requested: 7,
  },
  { rule: 'exactly one slicing argument', query: '{ strict(last: 2) { id } }', requested: 2 },
  { rule: 'a weight on an enum', query: '{ colour }', requested: 2 },
  { rule: 'nothing is negative', query: '{ cheap { id item { id } } }', requested: 0 },
  { rule: 'a field of a mutation', query: 'mutation { write { id } }', requested: 11 },
  {
    rule: 'each field of a mutation',
    query: 'mutation { a: write(text: "x") { id } b: write { id } }',
    requested: 13 + 11,
  },
  {
    rule: 'the dearest type of an interface',
    query:
      '{ thing(large: true) { item { id } ... on Small { part { id } } ... on Large { parts { id } } } }',
    requested: 6 + 1 + 3,
  },
  {
    rule: 'a type that is not there',
    query: '{ thing { ... on Small { part { id } } ... on Large { parts { id } } } }',
    requested: 9,
    actual: 7,
  },
  { rule: 'aliases add up', query: '{ a: items { id } b: items { id } }', requested: 10 },
  {
    rule: 'what is asked twice counts twice, and is given once',
    query: '{ find { item { id } item { items { id } } } }',
    requested: 5,
    actual: 4,
  },
  {
    rule: 'what is skipped is free',
    query: '{ find { id } items @skip(if: true) { id } }',
    requested: 1,
  },
  {
    rule: 'what is skipped by a variable is free',
    query:
      'query ($on: Boolean!) { items @include(if: $on) { id } ... @skip(if: $on) { find { id } } }',
    variables: { on: false },
    requested: 1,
  },
  {
    rule: 'variables slice',
    query: 'query ($n: Int) { items(first: $n) { id } }',
    variables: { n: 9 },
    requested: 9,
  },
  {
    rule: 'variables that are not given',
    query: 'query ($n: Int) { items(first: $n) { id } }',
    requested: 5,
  },
  {
    rule: 'variables with a default',
    query: 'query ($n: Int = 4) { items(first: $n) { id } }',
    requested: 4,
  },
  {
    rule: 'variables within an input',
    query: 'query ($t: String) { find(filter: { text: $t, all: [{ text: $t }] }) { id } }',
    variables: { t: 'x' },
    requested: 9,
  },
  {
    rule: 'variables that weigh',
    query: 'query ($f: Filter) { find(filter: $f) { id } }',
    variables: { f: { text: 'a', all: [{ text: 'b' }] } },
    requested: 9,
  },
  {
    rule: 'fragments within fragments',
    query:
      '{ ...A } fragment A on Query { ...B items(first: 2) { ...C } } fragment B on Query { find { ...C } } fragment C on Item { item { id } }',
    requested: 2 + 4,
  },
];

describe.each(['compiled', 'apollo'])('by the %s executor', (executor) => {
  it('costs what the rules say', async () => {
    const { url } = await startShop({ GATEWAY_EXECUTOR: executor });
    const told = [];
    for (const { rule, query, variables } of documents) {
      // Once the long way, and once as a document that is known.
      for (let time = 0; time < 2; time += 1) {
        const answer = await post(url, { query, variables }, ASKING);
        const { requested, actual } = costOf(answer);
        told.push({ rule, requested, actual, errors: answer.errors });
      }
    }
    expect(told).toEqual(
      documents
        .flatMap((document) => [document, document])
        .map(({ rule, requested, actual = requested }) => ({
          rule,
          requested,
          actual,
          errors: undefined,
        })),
    );
  });

  it('refuses what costs more than one operation may, and says how to ask for less', async () => {
    const { url } = await startShop({ GATEWAY_EXECUTOR: executor, COST_LIMIT: '100' });
    const query =
      'query ($n: Int) { find { id } page(first: 10) { nodes { items(first: $n) { id } } } }';
    expect(await post(url, { query, variables: { n: 7 } })).toEqual({
      status: 200,
      data: expect.anything() as unknown,
    });
    const refused = {
      status: 200,
      errors: [
        {
          message:
            'This operation may cost 112, and one may cost 100 here. The dearest part is page.nodes.items: give first at page.nodes.items and make it small, or ask for fewer fields at once.',
          extensions: {
            code: 'COST_LIMIT_EXCEEDED',
            cost: { requested: 112, budget: 100, dearest: { path: 'page.nodes.items', cost: 111 } },
          },
        },
      ],
    };
    expect(await post(url, { query, variables: { n: 10 } })).toEqual(refused);
    expect(await post(url, { query, variables: { n: 10 } })).toEqual(refused);
    expect(
      await post(
        url,
        { query, variables: { n: 10 } },
        { accept: 'application/graphql-response+json' },
      ),
    ).toMatchObject({ status: 400 });
  });

  it('asks for exactly one slicing argument where the schema does', async () => {
    const { url } = await startShop({ GATEWAY_EXECUTOR: executor });
    for (const query of ['{ strict { id } }', '{ strict(first: 1, last: 2) { id } }']) {
      expect(await post(url, { query })).toEqual({
        status: 200,
        errors: [
          {
            message: matching(/^Give exactly one of first, last at Query\.strict/),
            extensions: { code: 'BAD_USER_INPUT' },
          },
        ],
      });
    }
  });

  it('charges who asks, gives back what was not used, and says when to come again', async () => {
    const { url } = await startShop({
      GATEWAY_EXECUTOR: executor,
      COST_LIMIT: '100',
      COST_BUCKET: '100',
      COST_RESTORE_PER_S: '1',
    });
    const query = '{ thing { ... on Small { part { id } } ... on Large { parts { id } } } }';
    const answer = await post(url, { query }, ASKING);
    const { available, ...cost } = costOf(answer);
    // 9 were charged and 2 came back; a second or two may pass.
    expect(available).toBeGreaterThanOrEqual(93);
    expect(available).toBeLessThanOrEqual(95);
    expect(cost).toEqual({ requested: 9, actual: 7, budget: 100, restoreRate: 1, capacity: 100 });

    await post(url, { query: '{ items(first: 80) { id } }' });
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ items(first: 90) { id } }' }),
    });
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(60);
    expect(await response.json()).toEqual({
      errors: [
        {
          message: matching(
            /^This operation may cost 90, and you have \d+ left: ask for less, or wait \d+ s\.$/,
          ),
          extensions: {
            code: 'RATE_LIMITED',
            requestId: response.headers.get('x-request-id'),
            retryAfter: Number(response.headers.get('retry-after')),
            cost: {
              requested: 90,
              budget: 100,
              available: expect.any(Number) as unknown,
              restoreRate: 1,
              capacity: 100,
            },
          },
        },
      ],
    });
    expect(await post(url, { query: '{ find { id } }' })).toMatchObject({ status: 200 });
  });
});

test('nobody is told who does not ask, unless the operator wants it', async () => {
  const asked = await startShop();
  expect(await post(asked.url, { query: '{ tags }' })).toEqual({
    status: 200,
    data: { tags: ['a', 'b'] },
  });
  const always = await startShop({ COST_REPORT: 'always' });
  expect(costOf(await post(always.url, { query: '{ tags }' }))).toEqual({
    requested: 0,
    actual: 0,
    budget: 1_000_000,
  });
  const never = await startShop({ COST_REPORT: 'never' });
  expect(costOf(await post(never.url, { query: '{ tags }' }, ASKING))).toBeUndefined();
});

test('what fails is charged in full', async () => {
  const subgraph = createSubgraph(
    'failing',
    'type Query { items(first: Int): [Item] @listSize(slicingArguments: ["first"]) } type Item { id: ID }',
    {
      Query: {
        items() {
          throw new Error('no');
        },
      },
    },
  );
  const { url } = await startTestGateway({ subgraphs: [subgraph], inProcess: [subgraph] });
  const answer = await post(url, { query: '{ items(first: 50) { id } }' }, ASKING);
  expect(costOf(answer)).toEqual({ requested: 50, budget: 1_000_000 });
});

test('a product of fragments costs what it comes to when written out', async () => {
  const { url } = await startShop({ COST_LIMIT: '0' });
  const depth = 5;
  const fragments = Array.from(
    { length: depth },
    (_, index) =>
      `fragment F${index} on Item { a: item { ...F${index + 1} } b: items(first: 3) { ...F${index + 1} } }`,
  ).join(' ');
  const short = `{ find { ...F0 } } ${fragments} fragment F${depth} on Item { id }`;
  const write = (level: number): string =>
    level === depth
      ? 'id'
      : `a: item { ${write(level + 1)} } b: items(first: 3) { ${write(level + 1)} }`;
  const long = `{ find { ${write(0)} } }`;
  const costs = [];
  for (const query of [short, long]) costs.push(costOf(await post(url, { query }, ASKING)));
  // Each level has 4 objects for one above it.
  const expected = 1 + 4 + 4 ** 2 + 4 ** 3 + 4 ** 4 + 4 ** 5;
  expect(costs).toEqual([
    { requested: expected, actual: expected },
    { requested: expected, actual: expected },
  ]);
});

test('an estimate is never below what an answer costs, when lists are as long as they say', async () => {
  const { url } = await startShop({ COST_LIMIT: '0', COST_REPORT: 'always' });
  const { selection } = fc.letrec<{ selection: string; items: string; item: string }>((tie) => {
    const size = fc.integer({ min: 0, max: 4 });
    /** Some fields, under names of their own. */
    const several = (field: fc.Arbitrary<string>) =>
      fc
        .array(field, { minLength: 1, maxLength: 3 })
        .map((fields) => fields.map((text, index) => `f${index}: ${text}`).join(' '));
    const item = tie('item').map((inner) => `{ id ${inner} }`);
    return {
      selection: several(
        fc.oneof(
          tie('items'),
          fc
            .tuple(fc.constantFrom('plain', 'grid', 'dear', 'find(text: "x")'), item)
            .map((parts) => parts.join(' ')),
          fc
            .tuple(size, item, item)
            .map(
              ([first, a, b]) =>
                `page(first: ${first}) { nodes ${a} edges { node ${b} } other ${a} }`,
            ),
          fc
            .tuple(fc.boolean(), item, item)
            .map(
              ([large, a, b]) =>
                `thing(large: ${large}) { item ${a} ... on Small { part ${b} } ... on Large { parts ${b} } }`,
            ),
        ),
      ),
      items: fc
        .tuple(fc.constantFrom('items', 'assumed'), size, item)
        .map(([field, first, inner]) => `${field}(first: ${first}) ${inner}`),
      item: fc.oneof(
        { maxDepth: 2 },
        fc.constant('id'),
        several(
          fc.oneof(
            item.map((inner) => `item ${inner}`),
            fc.tuple(size, item).map(([first, inner]) => `items(first: ${first}) ${inner}`),
          ),
        ),
      ),
    };
  });
  await fc.assert(
    fc.asyncProperty(selection, async (fields) => {
      const answer = await post(url, { query: `{ ${fields} }` });
      // Some are too much to be planned.
      if (answer.errors) return;
      const { requested, actual } = costOf(answer);
      expect(actual).toBeLessThanOrEqual(requested);
      expect(actual).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 100 },
  );
});

test("weights of partners' subgraphs count, and of two the higher", async () => {
  const partner = (name: string, imports: string, sdl: string): TestSubgraph => {
    const typeDefs = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", ${imports}])\n${sdl}`;
    return {
      name,
      typeDefs,
      schema: buildSubgraphSchema({
        typeDefs: parse(typeDefs),
        resolvers: { Query: { many: () => [{ id: 'a' }], one: () => ({ id: 'a' }) } },
      }),
      createContext: () => ({}),
    };
  };
  const renamed = '{ name: "@cost", as: "@weight" }, { name: "@listSize", as: "@many" }';
  const subgraphs = [
    partner(
      'a',
      renamed,
      'type Query { many: [T] @shareable @many(assumedSize: 30) } type T @shareable @weight(weight: 2) { id: ID }',
    ),
    partner(
      'b',
      renamed,
      'type Query { one: T many: [T] @shareable @many(assumedSize: 4) } type T @shareable @weight(weight: 7) { id: ID }',
    ),
  ];
  const { url } = await startTestGateway({ subgraphs, inProcess: subgraphs });
  expect(costOf(await post(url, { query: '{ many { id } one { id } }' }, ASKING))).toEqual({
    requested: 30 * 7 + 7,
    actual: 14,
    budget: 1_000_000,
  });
});
