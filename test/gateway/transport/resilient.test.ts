import type { RequestListener } from 'node:http';
import { expect, test, vi } from 'vitest';
import { startWithIllReviews } from '../illSubgraph.ts';

const query = '{ bestReview { text } }';
const well = { status: 200, data: { bestReview: { text: 'Tuyệt!' } } };
const hangUp: RequestListener = ({ socket }) => void socket.destroy();

/** Refuses so many requests, and hands the others on. */
function refusing(times: number, getWell: () => void, status = 503): RequestListener {
  let left = times;
  return (_request, response) => {
    left -= 1;
    if (left === 0) getWell();
    response.writeHead(status).end();
  };
}

test.each([502, 503, 504])('a read that was answered %i is tried again', async (status) => {
  const { execute, fallIll, getWell, takeCount } = await startWithIllReviews();
  fallIll(refusing(2, getWell, status));
  expect(await execute(query)).toEqual(well);
  expect(takeCount()).toBe(3);
});

test('a read whose connection breaks is tried four times, one that makes no sense once', async () => {
  const { execute, fallIll, takeCount } = await startWithIllReviews();
  fallIll(hangUp);
  expect((await execute(query)).errors?.[0]?.extensions).toEqual({
    code: 'SUBGRAPH_UNAVAILABLE',
    subgraph: 'reviews',
    retryable: true,
  });
  expect(takeCount()).toBe(4);
  fallIll((_request, response) => response.end('<html>'));
  await execute(query);
  expect(takeCount()).toBe(1);
});

test('a subgraph that wants a long pause is not waited for, and clients are told', async () => {
  const { execute, fallIll, takeCount } = await startWithIllReviews();
  fallIll((_request, response) => response.writeHead(503, { 'retry-after': '30' }).end());
  expect((await execute(query)).errors?.[0]?.extensions).toMatchObject({ retryAfter: 30 });
  expect(takeCount()).toBe(1);
});

test.each([
  ['breaks', 'SUBGRAPH_UNAVAILABLE', hangUp],
  ['is too late', 'SUBGRAPH_TIMEOUT', () => {}],
] as [string, string, RequestListener][])(
  'a change whose answer %s is never tried again, and nobody knows what was done',
  async (_title, code, illness) => {
    const { execute, fallIll, takeCount } = await startWithIllReviews({
      SUBGRAPH_TIMEOUT_MS: '300',
    });
    fallIll(illness);
    const { errors } = await execute('mutation { reviewAdd(text: "x") { text } }');
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions).toEqual({ code, subgraph: 'reviews', retryable: false });
    expect(errors?.[0]?.message).toContain('may or may not have been carried out');
    expect(takeCount()).toBe(1);
  },
);

test('an outage makes no storm, its breaker makes it short, and it ends by itself', async () => {
  const { execute, fallIll, getWell, takeCount, root } = await startWithIllReviews({
    SUBGRAPH_BREAKER_PAUSE_MS: '60000',
  });
  fallIll(hangUp);
  const all = await Promise.all(Array.from({ length: 100 }, () => execute(query)));
  expect(all.every(({ errors }) => errors?.length === 1)).toBe(true);
  // One try each, the reserve of 20, and one retry for five tries.
  expect(takeCount()).toBeLessThanOrEqual(100 + 20 + 20);

  await vi.waitFor(
    async () =>
      expect((await execute(query)).errors?.[0]?.extensions).toEqual({
        code: 'SUBGRAPH_UNAVAILABLE',
        subgraph: 'reviews',
        retryable: true,
        retryAfter: 60,
      }),
    { timeout: 20_000, interval: 100 },
  );
  takeCount();
  const answers = await Promise.all(Array.from({ length: 50 }, () => execute(query)));
  expect(answers.every(({ errors }) => errors?.[0]?.extensions['retryAfter'])).toBe(true);
  expect(takeCount()).toBe(0);

  const ready = async () => (await fetch(`${root}/readyz`)).json();
  expect(await ready()).toMatchObject({
    subgraphs: { reviews: 'down' },
    breakers: { reviews: 'open' },
  });
  getWell();
  expect(await ready()).toMatchObject({ subgraphs: { books: 'up', reviews: 'up' } });
  expect(await execute(query)).toEqual(well);
});

test('what finds neither a turn nor a place in the queue is refused at once', async () => {
  const { execute, fallIll, takeCount } = await startWithIllReviews({
    SUBGRAPH_CONCURRENCY: '2',
    SUBGRAPH_QUEUE: '1',
    SUBGRAPH_TIMEOUT_MS: '1000',
  });
  fallIll(() => {});
  const answers = await Promise.all(Array.from({ length: 10 }, () => execute(query)));
  const codes = answers.map(({ errors }) => errors?.[0]?.extensions['code']);
  expect(codes.filter((code) => code === 'SUBGRAPH_OVERLOADED')).toHaveLength(7);
  expect(codes.filter((code) => code === 'SUBGRAPH_TIMEOUT')).toHaveLength(3);
  expect(takeCount()).toBeLessThanOrEqual(3);
});

test('all fetches of an operation share its time', async () => {
  const { execute, fallIll } = await startWithIllReviews({ OPERATION_TIMEOUT_MS: '500' });
  fallIll(() => {});
  const start = performance.now();
  const { data, errors } = await execute('{ books(first: 1) { title rating } }');
  expect(data).toEqual({ books: [{ title: 'Số đỏ', rating: null }] });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'SUBGRAPH_TIMEOUT', subgraph: 'reviews' });
  expect(performance.now() - start).toBeLessThan(5_000);
});
