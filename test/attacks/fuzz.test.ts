import fc from 'fast-check';
import { getIntrospectionQuery, Lexer, parse, print, Source, TokenKind } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startGraph } from '../helpers/graph.ts';
import { heldBytes } from '../helpers/heldBytes.ts';
import type { Outcome } from './Attack.ts';
import { send } from './Attack.ts';
import { documentAttacks } from './documentAttacks.ts';
import { request, sendRaw } from './sendRaw.ts';

/** How many requests are made up: few in each run of the tests, thousands by `npm run test:fuzz`. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 300);
const share = (part: number) => ({
  numRuns: Math.ceil(RUNS * part),
  interruptAfterTimeLimit: 3_600_000,
  markInterruptAsFailure: true,
});

let graph: Awaited<ReturnType<typeof startGraph>>;
let memory: number;
beforeAll(async () => {
  graph = await startGraph();
  memory = heldBytes();
});
afterAll(() => graph.close());

/** How many requests were really sent and judged. */
let tried = 0;

const seeds = [
  '{ organizations(filter: { level: PROVINCE }, first: 2) { totalCount nodes { id name { vi } parent { id } } } }',
  'query ($id: ID!, $first: Int = 2) { organization(id: $id) { id campaigns(first: $first) { nodes { id name { vi } } } } }',
  '{ campaigns(first: 2) { nodes { ...F } } } fragment F on Campaign { id activities(first: 1) { nodes { date } } }',
  'query ($q: String) { securityModels(search: $q, first: 3) { nodes { __typename id } pageInfo { endCursor } } }',
  print(parse(getIntrospectionQuery())),
];

/** The words of a document, to be put together anew. */
function words(text: string): string[] {
  const lexer = new Lexer(new Source(text));
  const found: string[] = [];
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    found.push(text.slice(token.start, token.end));
  }
  return found;
}
const vocabulary = [
  ...new Set([
    ...seeds.flatMap(words),
    '@skip(if: true)',
    '@include(if: $q)',
    '...',
    '"\\uD800"',
    '1e999',
    '-0',
    'null',
    '[[]]',
    '__proto__',
  ]),
];

const word = fc.constantFrom(...vocabulary);
/** A document that was good, with words left out, put in and put elsewhere. */
const mutated = fc
  .tuple(
    fc.constantFrom(...seeds),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('drop', 'insert', 'replace', 'double'), word), {
      maxLength: 4,
    }),
  )
  .map(([seed, changes]) => {
    const list = words(seed);
    for (const [where, how, other] of changes) {
      const at = where % Math.max(1, list.length);
      if (how === 'drop') list.splice(at, 1);
      else if (how === 'insert') list.splice(at, 0, other);
      else if (how === 'replace') list.splice(at, 1, other);
      else list.splice(at, 0, ...list.slice(at, at + 10));
    }
    return list.join(' ');
  });
const document = fc.oneof(
  { weight: 6, arbitrary: mutated },
  { weight: 2, arbitrary: fc.array(word, { maxLength: 60 }).map((list) => list.join(' ')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
);
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', '$where', '.*', '\uD800', '\u0000', 'org-bo-cong-an'),
);
const variables = fc.oneof(
  fc.record(
    {
      id: fc.oneof(text, fc.jsonValue()),
      first: fc.oneof(fc.integer(), fc.jsonValue()),
      q: fc.oneof(text, fc.jsonValue()),
    },
    { requiredKeys: [] },
  ),
  fc.jsonValue(),
);

/** An answer in the shape of GraphQL, in time, and never a fault of ours. */
function expectHonest({ status, text: answered }: Outcome) {
  tried += 1;
  if (status === 0 && answered === '') return;
  expect(status, answered).toBeGreaterThanOrEqual(200);
  expect(status, answered).toBeLessThan(500);
  const answer = JSON.parse(answered) as {
    data?: unknown;
    errors?: { message: unknown; extensions: { code: string } }[];
  };
  expect(answer.data !== undefined || (answer.errors?.length ?? 0) > 0).toBe(true);
  for (const { message, extensions } of answer.errors ?? []) {
    expect(typeof message).toBe('string');
    expect(['INTERNAL_SERVER_ERROR', 'OPERATION_NOT_PLANNABLE'], answered).not.toContain(
      extensions.code,
    );
  }
}

const asJson = { 'content-type': 'application/json' };
const post = (body: string | Uint8Array<ArrayBuffer>) =>
  send(graph.url, { method: 'POST', headers: asJson, body, signal: AbortSignal.timeout(5_000) });

test('documents and variables', { timeout: 3_600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(document, variables, async (query, values) => {
      expectHonest(await post(JSON.stringify({ query, variables: values })));
    }),
    share(0.7),
  );
});

test('bodies', { timeout: 3_600_000 }, async () => {
  const body = fc.oneof(
    fc.json({ maxDepth: 8 }),
    fc.string({ unit: 'binary' }),
    fc
      .record(
        {
          query: fc.jsonValue(),
          variables: fc.jsonValue(),
          operationName: fc.jsonValue(),
          extensions: fc.jsonValue(),
        },
        { requiredKeys: [] },
      )
      .map((value) => JSON.stringify(value)),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes)),
  );
  await fc.assert(
    fc.asyncProperty(body, async (sent) => expectHonest(await post(sent))),
    share(0.2),
  );
});

test('requests', { timeout: 3_600_000 }, async () => {
  const method = fc.constantFrom('GET', 'POST', 'HEAD', 'PUT', 'TRACE', 'get', 'X', '');
  const path = fc.oneof(
    fc.constantFrom(
      '/graphql',
      '/graphql?query={__typename}',
      '/',
      '*',
      '/graphql?query=%',
      '/%00',
    ),
    fc.webPath(),
  );
  const header = fc.oneof(
    fc.constantFrom(
      'Content-Type: application/json',
      'Content-Length: 3',
      'Transfer-Encoding: chunked',
      'Expect: x',
      'apollo-require-preflight: 1',
      'Accept: text/html',
      'Content-Encoding: gzip',
    ),
    fc.string({ maxLength: 40 }),
  );
  await fc.assert(
    fc.asyncProperty(
      method,
      path,
      fc.array(header, { maxLength: 5 }),
      fc.string(),
      async (verb, target, headers, rest) => {
        const { status } = await sendRaw(
          graph.url,
          request(`${verb} ${target} HTTP/1.1`, headers, rest),
        );
        tried += 1;
        expect(status).toBeLessThan(500);
      },
    ),
    share(0.1),
  );
});

test('all attacks at once', async () => {
  const outcomes = await Promise.all(documentAttacks.map((attack) => attack.send(graph.url)));
  outcomes.forEach(expectHonest);
  expectHonest(await post('{"query":"{ organizations(first: 1) { nodes { id } } }"}'));
});

test('as many were tried as were asked for, and what is held is as it was, within 100 MB', () => {
  expect(tried).toBeGreaterThanOrEqual(RUNS);
  const held = heldBytes() - memory;

  expect(held).toBeLessThan(100e6);
});
