import { expect, test } from 'vitest';
import { startWithIllReviews } from '../gateway/illSubgraph.ts';
import { subgraphFaults } from '../gateway/subgraphFaults.ts';

/** Each fault lasts while clients go on asking; then the subgraph is well, and nothing is restarted. */

const query = '{ books(first: 1) { title } bestReview { text } }';
const whole = { books: [{ title: 'Số đỏ' }], bestReview: { text: 'Tuyệt!' } };
const ASKED = 60;
const AT_ONCE = 20;
const TIMEOUT_MS = 1_000;

test.each(subgraphFaults.flatMap(([title, code, how]) => (how ? [{ title, code, how }] : [])))(
  '$title: answers stay partial and quick, no storm, and it is over when it is over',
  async ({ code, how }) => {
    const { execute, fallIll, getWell, takeCount } = await startWithIllReviews({
      SUBGRAPH_TIMEOUT_MS: String(TIMEOUT_MS),
      SUBGRAPH_RESPONSE_LIMIT_MB: '1',
    });
    expect((await execute(query)).data).toEqual(whole);
    takeCount();

    fallIll(how);
    for (let asked = 0; asked < ASKED; asked += AT_ONCE) {
      const start = performance.now();
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => execute(query)));
      expect(performance.now() - start).toBeLessThan(TIMEOUT_MS + 2_000);
      for (const { data, errors } of answers) {
        expect(data).toEqual({ ...whole, bestReview: null });
        expect(errors?.[0]?.extensions['subgraph']).toBe('reviews');
        expect([code, 'SUBGRAPH_UNAVAILABLE']).toContain(errors?.[0]?.extensions['code']);
      }
    }
    // A try each, the reserve, and one retry for five.
    expect(takeCount()).toBeLessThanOrEqual(ASKED * 1.2 + 20);

    const start = performance.now();
    expect((await execute('{ books(first: 1) { title } }')).errors).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(2_000);

    getWell();
    await expect
      .poll(async () => (await execute(query)).data, { timeout: 5_000, interval: 100 })
      .toEqual(whole);
  },
);

test('a subgraph that is away for a moment under load costs no read', async () => {
  const { execute, fallIll, getWell } = await startWithIllReviews();
  const failed: unknown[] = [];
  let isOver = false;
  const client = async () => {
    while (!isOver) {
      const answer = await execute(query);
      if (answer.errors) failed.push(answer.errors);
    }
  };
  const clients = Array.from({ length: 8 }, client);
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  await wait(2_000);
  for (let restart = 0; restart < 5; restart += 1) {
    fallIll(({ socket }) => void socket.destroy());
    await wait(50);
    getWell();
    await wait(1_000);
  }
  isOver = true;
  await Promise.all(clients);
  expect(failed).toEqual([]);
});

test('a hundred long answers at once leave memory bounded', async () => {
  const { execute, fallIll, getWell } = await startWithIllReviews({
    SUBGRAPH_RESPONSES_TOTAL_MB: '64',
  });
  // One buffer for all: the answering side, which lives in this process too, is to add nothing.
  const text = Buffer.alloc(15 * 1024 * 1024, 'x');
  fallIll((_request, response) => response.end(text));
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
  const answers = await Promise.all(Array.from({ length: 100 }, () => execute(query)));
  clearInterval(watch);
  for (const { data } of answers) expect(data).toEqual({ ...whole, bestReview: null });
  expect(most - before).toBeLessThan(700 * 1024 ** 2);
  getWell();
  await expect.poll(async () => (await execute(query)).data, { timeout: 5_000 }).toEqual(whole);
});
