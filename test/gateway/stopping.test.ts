import { expect, test } from 'vitest';
import { post } from './kit.ts';
import { startSlowGateway } from './slowGraph.ts';

const ask = (url: string, query: string) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });

test('a server that stops says so first, and goes on for the delay', async () => {
  const { url, root, begun, release, close } = await startSlowGateway({
    SHUTDOWN_DELAY_MS: '1000',
  });
  const inFlight = ask(url, '{ slow }');
  await expect.poll(begun).toBe(1);
  expect((await fetch(`${root}/readyz`)).status).toBe(200);

  const closed = close();
  const readiness = await fetch(`${root}/readyz`);
  expect([readiness.status, await readiness.json()]).toEqual([
    503,
    { status: 'unready', reason: 'stopping' },
  ]);
  const late = await ask(url, '{ quick }');
  expect([late.headers.get('connection'), await late.json()]).toEqual([
    'close',
    { data: { quick: 1 } },
  ]);
  release();
  const answer = await inFlight;
  expect([answer.headers.get('connection'), await answer.json()]).toEqual([
    'close',
    { data: { slow: 0 } },
  ]);
  await closed;
  await expect(ask(url, '{ quick }')).rejects.toThrow();
});

test('what is not done within the grace is told so, and the server closes', async () => {
  const { url, begun, close, load } = await startSlowGateway({
    SHUTDOWN_GRACE_MS: '300',
    MAX_CONCURRENT_REQUESTS: '1',
    QUEUE_TIMEOUT_MS: '60000',
  });
  const answers = [ask(url, '{ slow }'), ask(url, '{ quick }')];
  await expect.poll(begun).toBe(1);
  await expect.poll(() => load().queued).toBe(1);
  const before = performance.now();
  const closed = close();
  for (const answer of await Promise.all(answers)) {
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await answer.json()).toEqual({
      errors: [
        {
          message: expect.stringContaining('This server stops') as string,
          extensions: { code: 'SHUTTING_DOWN', requestId: expect.any(String) as string },
        },
      ],
    });
  }
  await closed;
  expect(performance.now() - before).toBeLessThan(3_000);
  expect(load().shed.stopping).toBe(2);
});

test('whoever is in a hurry waits for nobody', async () => {
  const { url, begun, close } = await startSlowGateway({
    SHUTDOWN_DELAY_MS: '60000',
    SHUTDOWN_GRACE_MS: '60000',
  });
  const answer = ask(url, '{ slow }');
  await expect.poll(begun).toBe(1);
  const hurry = new AbortController();
  const closed = close(hurry.signal);
  expect(await post(url, { query: '{ quick }' })).toEqual({ data: { quick: 1 }, status: 200 });
  hurry.abort();
  expect((await answer).status).toBe(503);
  await closed;
});
