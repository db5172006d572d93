import { describe, expect, it } from 'vitest';
import { addKey, showing, temporaryKeyFile } from '../helpers/keys.ts';
import { post, type Answer } from '../gateway/kit.ts';
import { ASKING, costOf, startShop } from '../gateway/policy/pricedGraph.ts';

type Answered = Answer & { status: number };

/** After each attack, an honest request is answered at once. */
async function expectAlive(url: string, headers: Record<string, string> = {}) {
  const began = performance.now();
  expect(await post(url, { query: '{ tags }' }, headers)).toMatchObject({
    status: 200,
    data: { tags: ['a', 'b'] },
  });
  expect(performance.now() - began).toBeLessThan(2_000);
}

const codesOf = ({ errors = [] }: Answered) => errors.map(({ extensions }) => extensions['code']);
const refused = ['COST_LIMIT_EXCEEDED'];

/** A selection within itself, so many times. */
const nest = (depth: number, open: (level: number) => string): string =>
  depth ? `${open(depth)} { ${nest(depth - 1, open)} }` : 'id';

describe.each(['compiled', 'apollo'])('against the %s executor', (executor) => {
  const start = (env: Record<string, string> = {}) =>
    startShop({ GATEWAY_EXECUTOR: executor, ...env });

  it('lists within lists, aliases of them and fragments that multiply are refused', async () => {
    const { url } = await start();
    const attacks = [
      `{ items(first: 100) { ${nest(8, () => 'items(first: 100)')} } }`,
      `{ ${Array.from({ length: 50 }, (_, index) => `a${index}: items(first: 100) { ${nest(2, () => 'items(first: 100)')} }`).join(' ')} }`,
      `{ find { ...F0 } } ${Array.from({ length: 9 }, (_, index) => `fragment F${index} on Item { a: items(first: 9) { ...F${index + 1} } }`).join(' ')} fragment F9 on Item { id }`,
      `{ page(first: 100) { ${['nodes', 'edges { node'].map((field) => `${field} { ${nest(2, () => 'items(first: 100)')} }`).join(' ')} } } }`,
      '{ items(first: 2147483647) { items(first: 2147483647) { id } } }',
    ];
    for (const query of attacks) {
      const answer = await post(url, { query });
      expect(codesOf(answer)).toEqual(refused);
      expect(Number.isSafeInteger(costOf(answer).requested)).toBe(true);
      await expectAlive(url);
    }
    // The same by GET.
    const get = await fetch(`${url}?query=${encodeURIComponent(attacks[0] ?? '')}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(codesOf({ ...((await get.json()) as Answer), status: 0 })).toEqual(refused);
  });

  it('variables can not make a known document dearer than it may be', async () => {
    const { url } = await start();
    const query =
      'query ($n: Int, $on: Boolean = false) { items(first: $n) { items(first: $n) { id } } assumed(first: 1000000) @include(if: $on) { id } }';
    const cheap = { n: 2 };
    const alive = { status: 200, data: expect.anything() as unknown };
    for (let time = 0; time < 3; time += 1) {
      expect(await post(url, { query, variables: cheap })).toEqual(alive);
      for (const variables of [{ n: 1_000 }, { n: 2_147_483_647 }, { n: 1, on: true }]) {
        expect(codesOf(await post(url, { query, variables }))).toEqual(refused);
      }
    }
    await expectAlive(url);
  });

  it('values that are no sizes are refused as such, and cost nothing odd', async () => {
    const { url } = await start({ COST_REPORT: 'always' });
    const query = 'query ($n: Int) { items(first: $n) { id } }';
    for (const n of ['100', true, [100], { a: 1 }, 1.5, 1e308, 2 ** 53]) {
      const answer = await post(url, { query, variables: { n } });
      const [code] = codesOf(answer);
      expect(['BAD_USER_INPUT', 'COST_LIMIT_EXCEEDED']).toContain(code);
      await expectAlive(url, {});
    }
    for (const variables of [{ n: null }, { n: 0 }, {}, { __proto__: 5 }, { constructor: 7 }]) {
      const answer = await post(url, { query, variables });
      expect(codesOf(answer)).toEqual([]);
      expect(costOf(answer).requested).toBeLessThanOrEqual(10);
    }
    for (const first of [-1, -2147483648]) {
      const answer = await post(url, { query: `{ items(first: ${first}) { id } find { id } }` });
      // Nothing is earned by asking for less than nothing.
      expect(costOf(answer).requested).toBe(1);
    }
  });

  it('deep input is read in no time', async () => {
    const { url } = await start();
    let filter = '{}';
    for (let depth = 0; depth < 2_000; depth += 1) filter = `{"all":[${filter}]}`;
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"query":"query ($f: Filter) { find(filter: $f) { id } }","variables":{"f":${filter}}}`,
    });
    const answer = (await response.json()) as Answer;
    expect(codesOf({ ...answer, status: 0 })).toEqual(['OPERATION_TOO_COMPLEX']);
    await expectAlive(url);
  });

  it('who asks the same together with others pays each time', async () => {
    const { url } = await start({ COST_LIMIT: '50', COST_BUCKET: '200', COST_RESTORE_PER_S: '1' });
    const query = '{ items(first: 50) { id } }';
    const answers = await Promise.all(Array.from({ length: 40 }, () => post(url, { query })));
    const answered = answers.filter(({ status }) => status === 200);
    expect(answered.length).toBeGreaterThanOrEqual(4);
    expect(answered.length).toBeLessThan(8);
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      expect(answer).toMatchObject({ status: 429 });
      expect(codesOf(answer)).toEqual(['RATE_LIMITED']);
    }
    await expectAlive(url);
  });
});

it('a new address, a new port or a wrong key is no new bucket', async () => {
  const { url } = await startShop({
    COST_LIMIT: '50',
    COST_BUCKET: '100',
    COST_RESTORE_PER_S: '1',
    TRUST_PROXY: 'loopback',
  });
  const ask = (headers: Record<string, string>) =>
    post(url, { query: '{ items(first: 50) { id } }' }, headers);
  const disguises: ((index: number) => Record<string, string>)[] = [
    (index) => ({ 'x-forwarded-for': `2001:db8:0:7:${index.toString(16)}::1` }),
    (index) => ({ 'x-forwarded-for': `192.0.2.${index}, 203.0.113.9` }),
    (index) => ({ 'x-forwarded-for': '203.0.113.10', 'user-agent': `agent ${index}` }),
    (index) => ({ 'x-forwarded-for': `::ffff:203.0.113.${11 + 0 * index}` }),
  ];
  for (const disguise of disguises) {
    const seen = [];
    for (let index = 0; index < 10; index += 1) {
      const { status } = await ask(disguise(index));
      seen.push(status);
    }
    expect(seen.slice(0, 2)).toEqual([200, 200]);
    expect(seen.slice(-3)).toContain(429);
  }
  const guessed = await ask({ 'x-forwarded-for': '203.0.113.10', ...showing('antq_wrong_key') });
  expect(guessed.status).toBe(401);
  await expectAlive(url, { 'x-forwarded-for': '203.0.113.10' });
});

it('keys of one subject share what they have, and another subject has its own', async () => {
  const file = temporaryKeyFile();
  const [{ text: one }, { text: other }] = [await addKey(file), await addKey(file)];
  const { url } = await startShop({
    KEYS_FILE: file,
    COST_LIMIT: '50',
    COST_BUCKET: '60',
    COST_RESTORE_PER_S: '1',
  });
  const ask = (headers: Record<string, string>) =>
    post(url, { query: '{ items(first: 50) { id } }' }, headers);
  expect(await ask(showing(one))).toMatchObject({ status: 200 });
  expect(await ask(showing(one))).toMatchObject({ status: 429 });
  expect(await ask({ 'x-api-key': one })).toMatchObject({ status: 429 });
  expect(await ask(showing(other))).toMatchObject({ status: 200 });
  expect(await ask({})).toMatchObject({ status: 200 });
  await expectAlive(url);
});

it('a refused request costs nothing, however often it is sent', async () => {
  const { url } = await startShop({ COST_LIMIT: '50', COST_BUCKET: '50', COST_RESTORE_PER_S: '1' });
  for (let index = 0; index < 20; index += 1) {
    expect(codesOf(await post(url, { query: '{ items(first: 51) { id } }' }))).toEqual(refused);
  }
  const { available } = costOf(await post(url, { query: '{ tags }' }, ASKING));
  expect(available).toBe(50);
});

it('the dearest document that may be asked for is priced in no time', async () => {
  const { url } = await startShop();
  // Each of many fragments asks for different things of each type, within one another.
  const fragments = Array.from(
    { length: 60 },
    (_, index) =>
      `fragment F${index} on Thing { ...F${index + 1} ... on Small { part { id } } ... on Large { parts { id } } }`,
  );
  const query = `{ thing { ...F0 } } ${fragments.join(' ')} fragment F60 on Thing { id }`;
  const began = performance.now();
  const answer = await post(url, { query }, ASKING);
  expect(costOf(answer).requested).toBe(6 + 60 * 3);
  expect(performance.now() - began).toBeLessThan(2_000);
  await expectAlive(url);
});
