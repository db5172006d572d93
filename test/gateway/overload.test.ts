import { expect, test } from 'vitest';
import { post } from './kit.ts';
import { startSlowGateway } from './slowGraph.ts';

const refused = {
  errors: [
    {
      message: expect.stringContaining('send it again in a second') as string,
      extensions: { code: 'OVERLOADED', requestId: expect.any(String) as string },
    },
  ],
};

/** Asks for a slow answer; each is another, so that they are not carried out together. */
const ask = (url: string, id: number) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: `{ slow(id: ${id}) }` }),
  });

test('beyond slots and queue requests are refused at once, and who watches is answered', async () => {
  const { url, root, begun, release, load } = await startSlowGateway({
    MAX_CONCURRENT_REQUESTS: '2',
    MAX_QUEUED_REQUESTS: '2',
    CLIENT_SHARE_PERCENT: '100',
    QUEUE_TIMEOUT_MS: '60000',
  });
  const answers = [1, 2, 3, 4].map((id) => ask(url, id));
  await expect.poll(() => load().queued).toBe(2);
  const before = performance.now();
  const fifth = await ask(url, 5);
  expect([fifth.status, fifth.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await fifth.json()).toEqual(refused);
  expect(performance.now() - before).toBeLessThan(1_000);
  for (const path of ['/healthz', '/readyz']) {
    expect((await fetch(root + path)).status).toBe(200);
  }
  expect(begun()).toBe(2);
  expect(load()).toMatchObject({ running: 2, queued: 2, shed: { queue: 1 } });
  release();
  expect(await Promise.all(answers.map(async (answer) => (await answer).json()))).toEqual(
    [1, 2, 3, 4].map((slow) => ({ data: { slow } })),
  );
  expect(await post(url, { query: '{ quick }' })).toEqual({ data: { quick: 1 }, status: 200 });
});

test('who waits too long for a turn is refused, and nothing was carried out', async () => {
  const { url, begun, release } = await startSlowGateway({
    MAX_CONCURRENT_REQUESTS: '1',
    QUEUE_TIMEOUT_MS: '200',
  });
  const first = ask(url, 1);
  await expect.poll(begun).toBe(1);
  const second = await ask(url, 2);
  expect([second.status, second.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await second.json()).toEqual(refused);
  expect(begun()).toBe(1);
  release();
  expect(await (await first).json()).toEqual({ data: { slow: 1 } });
});

test('one client does not have all slots, and a place in the queue is free again when its client leaves', async () => {
  const { url, begun, release, load } = await startSlowGateway({
    MAX_CONCURRENT_REQUESTS: '4',
    CLIENT_SHARE_PERCENT: '50',
    MAX_QUEUED_REQUESTS: '1',
    QUEUE_TIMEOUT_MS: '60000',
  });
  const answers = [1, 2].map((id) => ask(url, id));
  await expect.poll(begun).toBe(2);
  const leaving = new AbortController();
  const left = fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ slow(id: 3) }' }),
    signal: leaving.signal,
  });
  await expect.poll(() => load().queued).toBe(1);
  expect((await post(url, { query: '{ quick }' })).status).toBe(503);
  leaving.abort();
  await expect(left).rejects.toThrow();
  await expect.poll(() => load().queued).toBe(0);
  const waits = post(url, { query: '{ quick }' });
  release();
  expect(await waits).toEqual({ data: { quick: 1 }, status: 200 });
  expect(begun()).toBe(2);
  await Promise.all(answers);
});

test('the slot of a client that has gone is free when its work has ended', async () => {
  const { url, begun, release } = await startSlowGateway({
    MAX_CONCURRENT_REQUESTS: '1',
    QUEUE_TIMEOUT_MS: '300',
  });
  const leaving = new AbortController();
  const left = fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ slow }' }),
    signal: leaving.signal,
  });
  await expect.poll(begun).toBe(1);
  leaving.abort();
  await expect(left).rejects.toThrow();
  expect((await post(url, { query: '{ quick }' })).status).toBe(503);
  release();
  await expect.poll(async () => (await post(url, { query: '{ quick }' })).status).toBe(200);
});

test('while the event loop is late requests are refused, and afterwards answered', async () => {
  const { url, root, load } = await startSlowGateway({ MAX_EVENT_LOOP_LAG_MS: '40' });
  expect(await post(url, { query: '{ quick }' })).toEqual({ data: { quick: 1 }, status: 200 });
  const block = setInterval(() => {
    const until = performance.now() + 150;
    while (performance.now() < until);
  }, 160);
  const status = async () => (await post(url, { query: '{ quick }' })).status;
  await expect.poll(status, { timeout: 10_000 }).toBe(503);
  expect(load().eventLoopLagMs).toBeGreaterThan(40);
  expect((await fetch(`${root}/healthz`)).status).toBe(200);
  clearInterval(block);
  await expect.poll(status, { timeout: 10_000 }).toBe(200);
  expect(load().shed.eventLoopLag).toBeGreaterThan(0);
});

test('beyond its memory a server refuses, and after a while says that it is not ready', async () => {
  const { url, root } = await startSlowGateway({ MAX_MEMORY_MB: '1' });
  const status = async () => (await post(url, { query: '{ quick }' })).status;
  await expect.poll(status, { timeout: 10_000 }).toBe(503);
  expect((await fetch(`${root}/readyz`)).status).toBe(200);
  const readiness = async () => {
    expect(await status()).toBe(503);
    const answer = await fetch(`${root}/readyz`);
    return [answer.status, ((await answer.json()) as { reason?: string }).reason];
  };
  await expect.poll(readiness, { timeout: 20_000, interval: 200 }).toEqual([503, 'overloaded']);
  await expect
    .poll(async () => (await fetch(`${root}/readyz`)).status, { timeout: 10_000, interval: 500 })
    .toBe(200);
});
