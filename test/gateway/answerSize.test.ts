import { expect, test } from 'vitest';
import { createSubgraph, serveRaw, startTestGateway } from './kit.ts';
import { answering } from './subgraphFaults.ts';

/** Answers that a subgraph or a client makes far larger than what was sent for them. */

const items = (count: number) =>
  createSubgraph(
    'items',
    'type Query { items: [Item!]! quick: Int } type Item @key(fields: "id") { id: ID! text: String! }',
    {
      Query: {
        items: () =>
          Array.from({ length: count }, (_, id) => ({ id: String(id), text: 'ă'.repeat(1_000) })),
        quick: () => 1,
      },
    },
  );
const values = createSubgraph(
  'values',
  'type Query { rows: [Row] } type Row { text: String! } type Item @key(fields: "id") { id: ID! value: Int }',
  {},
);

/** A gateway over items, and over values that answer each fetch with `body`. */
async function startWith(body: string, count = 1, env: Record<string, string> = {}) {
  const own = items(count);
  return startTestGateway({
    subgraphs: [own, { ...values, url: await serveRaw(answering(body)) }],
    inProcess: [own],
    env: { COST_LIMIT: '0', ...env },
  });
}

/** What comes back, when it comes in time and leaves the gateway alive. */
async function inTime({ execute }: Awaited<ReturnType<typeof startWith>>, query: string) {
  const begun = performance.now();
  const answer = await execute(query);
  expect(performance.now() - begun).toBeLessThan(2_000);
  expect(await execute('{ quick }')).toMatchObject({ data: { quick: 1 } });
  return answer;
}

test('nulls where none may be, 400,000 of them, are told in time', async () => {
  const rows = Array.from({ length: 400_000 }, () => '{"text":null}').join();
  const gateway = await startWith(`{"data":{"rows":[${rows}]}}`);
  const { data, errors = [] } = await inTime(gateway, '{ rows { text } }');
  expect(data?.['rows']).toEqual(Array.from({ length: 400_000 }, () => null));
  expect(errors).toHaveLength(501);
  expect(errors[499]).toMatchObject({ path: ['rows', 499, 'text'] });
  expect(errors[500]?.message).toMatch(/^At least 9500 more errors are left out\./);
});

test('a thousand errors of an answer about 4,000 objects are told in time', async () => {
  const errors = Array.from({ length: 1_000 }, (_, index) => ({ message: `no. ${index}` }));
  const gateway = await startWith(
    JSON.stringify({ data: { _entities: Array.from({ length: 4_000 }, () => null) }, errors }),
    4_000,
  );
  const before = process.memoryUsage().rss;
  const answer = await inTime(gateway, '{ items { value } }');
  expect(answer.data?.['items']).toEqual(Array.from({ length: 4_000 }, () => ({ value: null })));
  expect(answer.errors).toHaveLength(501);
  expect(process.memoryUsage().rss - before).toBeLessThan(300e6);
});

test('an answer that grows beyond the limit is refused, and says what to do', async () => {
  const gateway = await startWith('{}', 1_000, { ANSWER_LIMIT_MB: '2' });
  const texts = Array.from({ length: 3 }, (_, index) => `a${index}: text`).join(' ');
  expect(await inTime(gateway, `{ items { ${texts} } }`)).toEqual({
    status: 200,
    data: null,
    errors: [
      {
        message:
          'The answer would be larger than the 2 MB that are given at once: ask for fewer items or fields, page by page.',
        extensions: { code: 'ANSWER_TOO_LARGE' },
      },
    ],
  });
  expect((await inTime(gateway, '{ items { text } }')).errors).toBeUndefined();
});

test('so is one that no text can hold', async () => {
  const gateway = await startWith('{}', 10_000);
  const texts = Array.from({ length: 199 }, (_, index) => `a${index}: text`).join(' ');
  const begun = performance.now();
  const { data, errors } = await gateway.execute(`{ items { ${texts} } }`);
  expect(performance.now() - begun).toBeLessThan(2_000);
  expect([data, errors?.[0]?.extensions['code']]).toEqual([null, 'ANSWER_TOO_LARGE']);
});
