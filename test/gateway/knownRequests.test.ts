import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, validate } from 'graphql';
import { expect, it, onTestFinished } from 'vitest';
import { readOperations } from '../../gateway/operations/readOperations.ts';
import { readSupergraph } from '../../gateway/supergraph/readSupergraph.ts';
import { closedUrl, serve, serveRaw, startTestGateway } from './kit.ts';
import { createBooks, createReviews } from './library.ts';

/* A request whose document has been seen before goes a shorter way: nobody may see a difference. */

/** All that a client sees, but for what differs from one answer to the next. */
async function see(url: string, body: unknown, headers: Record<string, string>) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const { date: _date, 'x-request-id': _id, ...others } = Object.fromEntries(response.headers);
  return { status: response.status, headers: others, text: withoutIds(await response.text()) };
}

/** Faults of ours have an id each. */
const withoutIds = (text: string) =>
  text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID');

const requests: [string, unknown, Record<string, string>?][] = [
  ['data', { query: '{ books { title } }' }],
  [
    'data with null beside the query',
    { query: '{ books { id } }', variables: null, operationName: null },
  ],
  [
    'data for GraphQL clients',
    { query: '{ books { title rating } }' },
    { accept: 'application/graphql-response+json' },
  ],
  [
    'data for an unusual client',
    { query: '{ books { title id } }' },
    { accept: 'text/html, application/json;q=0.2' },
  ],
  [
    'a client that accepts nothing we have',
    { query: '{ books { id title } }' },
    { accept: 'image/png' },
  ],
  ['data and errors', { query: '{ books { title } lost: bestReview { text } }' }],
  ['variables', { query: 'query ($n: Int) { books(first: $n) { title } }', variables: { n: 1 } }],
  [
    'variables of a wrong type',
    { query: 'query ($n: Int) { books(first: $n) { id } }', variables: { n: 'one' } },
  ],
  [
    'the same, for GraphQL clients',
    { query: 'query ($n: Int) { books(first: $n) { title id } }', variables: { n: 'one' } },
    { accept: 'application/graphql-response+json' },
  ],
  [
    'an operation by name',
    { query: 'query A { books { title } } query B { books { id } }', operationName: 'B' },
  ],
  [
    'an operation that is not there',
    { query: 'query A { books { title } } query B { books { id } }', operationName: 'C' },
  ],
  ['a document that is not valid', { query: '{ nothing }' }],
  ['extensions', { query: '{ books { title } }', extensions: { a: 1 } }],
  ['introspection', { query: '{ __schema { queryType { name } } books { title } }' }],
];

it.each(requests)('%s: the second answer is the first', async (_what, body, headers = {}) => {
  const books = createBooks();
  const { url } = await startTestGateway({
    subgraphs: [
      { ...books, url: await serve(books) },
      { ...createReviews(), url: await closedUrl() },
    ],
    // After some failures it would open, and answers would then say for how long.
    env: { SUBGRAPH_BREAKER_FAILURES: '0' },
  });
  const first = await see(url, body, headers);
  expect(await see(url, body, headers)).toEqual(first);
  expect(await see(url, body, headers)).toEqual(first);
});

const query = '{ books { title rating } }';

/** A gateway whose reviews answer after a while; counts the fetches that reach them. */
async function startSlowReviews(env: Record<string, string> = {}) {
  const reviews = createReviews();
  let fetches = 0;
  const slow = await serveRaw((request, response) => {
    fetches += 1;
    request.resume().on('end', () =>
      setTimeout(() => {
        response.setHeader('content-type', 'application/json');
        const entities = ['1', '2', '3'].map(() => ({ __typename: 'Book', rating: 5 }));
        response.end(JSON.stringify({ data: { _entities: entities } }));
      }, 100),
    );
  });
  const books = createBooks();
  const gateway = await startTestGateway({
    subgraphs: [
      { ...books, url: await serve(books) },
      { ...reviews, url: slow },
    ],
    env,
  });
  return { ...gateway, fetches: () => fetches };
}

it.each([
  ['true', 1],
  ['false', 10],
])('COALESCE=%s: ten equal queries at once ask a subgraph %i times', async (COALESCE, asked) => {
  const { execute, fetches } = await startSlowReviews({ COALESCE });
  await execute(query);
  const before = fetches();
  const answers = await Promise.all(Array.from({ length: 10 }, () => execute(query)));
  expect(fetches() - before).toBe(asked);
  expect(new Set(answers.map((answer) => JSON.stringify(answer.data))).size).toBe(1);
  expect(answers[0]).toMatchObject({ data: { books: [{ rating: 5 }, {}, {}] } });
});

it('queries with other variables are not taken for equal', async () => {
  const { execute, fetches } = await startSlowReviews();
  const one = 'query ($n: Int) { books(first: $n) { rating } }';
  const answers = await Promise.all([execute(one, { n: 1 }), execute(one, { n: 2 })]);
  expect(fetches()).toBe(2);
  expect(answers).not.toEqual([answers[0], answers[0]]);
});

it('a shared query goes on for those who stay', async () => {
  const { url, execute, fetches } = await startSlowReviews();
  await execute(query);
  const leaving = new AbortController();
  const left = fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    signal: leaving.signal,
  });
  const staying = execute(query);
  setTimeout(() => leaving.abort(), 40);
  await expect(left).rejects.toThrow();
  expect((await staying).errors).toBeUndefined();
  expect(fetches()).toBe(2);
});

it('saved operations that fit the graph are prepared at start', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'operations-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'Fits.graphql'), query);
  await writeFile(join(folder, 'FitsNot.graphql'), '{ nothing }');
  await writeFile(join(folder, 'IsNone.graphql'), '{');
  await writeFile(join(folder, 'notes.txt'), 'no operation');
  const { root, execute } = await startSlowReviews({ OPERATIONS_DIR: folder });
  expect(await execute(query)).toMatchObject({ data: { books: [{ rating: 5 }, {}, {}] } });
  expect(await execute('{ nothing }')).toMatchObject({ errors: [{}] });
  const { operations } = (await (await fetch(`${root}/operations.json`)).json()) as {
    operations: { name: string }[];
  };
  expect(operations.map(({ name }) => name)).toEqual(['Fits', 'FitsNot']);
});

it('the saved operations of this project fit its graph', async () => {
  const { schema } = await readSupergraph('schema/supergraph.graphql');
  const operations = await readOperations('schema/operations');
  expect(operations.size).toBeGreaterThan(2);
  for (const [file, text] of operations) expect(validate(schema, parse(text)), file).toEqual([]);
});
