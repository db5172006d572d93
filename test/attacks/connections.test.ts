import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { post } from '../gateway/kit.ts';
import { startSlowGateway } from '../gateway/slowGraph.ts';
import { openRaw, postText } from './rawSocket.ts';

const MB = 1024 * 1024;

/** After each attack: a new client is answered within two seconds. */
async function expectAlive(url: string) {
  const answer = fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ quick }' }),
    signal: AbortSignal.timeout(2_000),
  });
  expect(await (await answer).json()).toEqual({ data: { quick: 1 } });
}

const many = <T>(count: number, make: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

test('headers that never end are cut off in time, from however many sockets', async () => {
  const { url } = await startSlowGateway({ HEADERS_TIMEOUT_MS: '500' });
  const sockets = await many(200, () =>
    openRaw(url, 'POST /graphql HTTP/1.1\r\nhost: x\r\nx-slow: '),
  );
  const drip = setInterval(() => sockets.forEach(({ socket }) => socket.write('z')), 50);
  await expectAlive(url);
  const times = await Promise.all(sockets.map(({ closed }) => closed));
  clearInterval(drip);
  expect(Math.max(...times)).toBeLessThan(3_000);
  expect(sockets[0]?.received()).toMatch(/^HTTP\/1\.1 408 .+"code":"REQUEST_TIMEOUT"/s);
  await expectAlive(url);
});

test('a socket that says nothing is closed in time', async () => {
  const { url } = await startSlowGateway({ HEADERS_TIMEOUT_MS: '500' });
  const { closed } = await openRaw(url);
  expect(await closed).toBeLessThan(3_000);
  await expectAlive(url);
});

test.each([
  ['of a length that is said', 'content-length: 1000\r\n\r\n{"query":"', 'z'],
  ['in chunks', 'transfer-encoding: chunked\r\n\r\na\r\n{"query":"\r\n', '1\r\nz\r\n'],
])('a body %s that never ends is cut off in time', async (_, begin, more) => {
  const { url } = await startSlowGateway({ REQUEST_TIMEOUT_MS: '700', HEADERS_TIMEOUT_MS: '500' });
  const { socket, closed, received } = await openRaw(
    url,
    `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${begin}`,
  );
  const drip = setInterval(() => socket.write(more), 50);
  expect(await closed).toBeLessThan(3_000);
  clearInterval(drip);
  expect(received()).toMatch(/^HTTP\/1\.1 408 .+"code":"REQUEST_TIMEOUT"/s);
  await expectAlive(url);
});

test('a connection that is kept and not used is closed in time', async () => {
  const { url } = await startSlowGateway({ KEEP_ALIVE_TIMEOUT_MS: '300' });
  const { closed, received } = await openRaw(url, postText('{ quick }'));
  // Node grants a second more, for the way of the last byte.
  expect(await closed).toBeLessThan(3_000);
  expect(received()).toContain('{"data":{"quick":1}}');
});

test('a socket whose client has closed its half ends with the answer', async () => {
  const { url, release } = await startSlowGateway();
  const { socket, closed, received } = await openRaw(url);
  socket.end(postText('{ slow }'));
  await sleep(100);
  release();
  await closed;
  expect(received()).toMatch(/"slow":0|^$/);
  await expectAlive(url);
});

test('who pipelines requests without end loses the connection, and others notice nothing', async () => {
  const { url, begun, release } = await startSlowGateway();
  const before = process.memoryUsage().rss;
  const flood = Array.from({ length: 2_000 }, (_, id) => postText(`{ slow(id: ${id}) }`)).join('');
  const { closed } = await openRaw(url, flood);
  await closed;
  expect(begun()).toBeLessThanOrEqual(100);
  await expectAlive(url);
  release();
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * MB);
});

test('a client that does not read a large answer loses its connection', async () => {
  const { url } = await startSlowGateway({ ANSWER_TIMEOUT_MS: '500' });
  const before = process.memoryUsage().rss;
  const readers = await many(10, async () => {
    const reader = await openRaw(url);
    reader.socket.pause();
    reader.socket.write(postText('{ text(kB: 12000) }'));
    return reader;
  });
  await sleep(300);
  await expectAlive(url);
  // Node notices that nothing moves once per timeout, and a paused socket does not see its end.
  await sleep(2_500);
  for (const { socket } of readers) socket.resume();
  await Promise.all(readers.map(({ closed }) => closed));
  for (const { received } of readers) expect(received().length).toBeLessThan(12_000 * 1024);
  await expectAlive(url);
  expect(process.memoryUsage().rss - before).toBeLessThan(500 * MB);
});

test('a client that reads a byte now and then loses its connection as well', async () => {
  const { url } = await startSlowGateway({ ANSWER_TIMEOUT_MS: '200', ANSWERS_TOTAL_MB: '16' });
  const reader = await openRaw(url);
  reader.socket.pause();
  reader.socket.write(postText('{ text(kB: 9000) }'));
  const sip = setInterval(() => void reader.socket.read(1), 50);
  await sleep(300);
  // There is no room for both, and who reads well comes first.
  const { data } = await post(url, { query: '{ text(kB: 9000) }' });
  expect(data).toEqual({ text: 'x'.repeat(9_000 * 1024) });
  clearInterval(sip);
  reader.socket.resume();
  await reader.closed;
  expect(reader.received().length).toBeLessThan(9_000 * 1024);
  await expectAlive(url);
});

test('more large answers than there is room for are refused, and say when to come again', async () => {
  const { url, root } = await startSlowGateway({ ANSWERS_TOTAL_MB: '10' });
  const reader = await openRaw(url);
  reader.socket.pause();
  reader.socket.write(postText('{ text(kB: 9000) }'));
  await sleep(200);
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ text(kB: 9000) }' }),
  });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await answer.json()).toHaveProperty('errors.0.extensions.code', 'OVERLOADED');
  expect((await fetch(`${root}/healthz`)).status).toBe(200);
  await expectAlive(url);
});

test('large bodies that come slowly take no more room than there is', async () => {
  const { url } = await startSlowGateway({ BODIES_TOTAL_MB: '1', CLIENT_SHARE_PERCENT: '100' });
  const begin = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
  await many(4, () => openRaw(url, `${begin}content-length: 262144\r\n\r\n{`));
  await sleep(100);
  const refused = await openRaw(url, `${begin}content-length: 262144\r\n\r\n{`);
  await once(refused.socket, 'data');
  expect(refused.received()).toMatch(/^HTTP\/1\.1 503 .+retry-after: 1.+"code":"OVERLOADED"/s);
  await expectAlive(url);
});

test('when there are as many connections as there may be, the one idle longest gives way', async () => {
  const { url, release } = await startSlowGateway({
    MAX_CONNECTIONS: '20',
    MAX_CONNECTIONS_PER_ADDRESS: '30',
  });
  const busy = await openRaw(url, postText('{ slow }'));
  await sleep(50);
  const idle = await many(19, () => openRaw(url));
  await sleep(50);
  await expectAlive(url);
  await idle[0]?.closed;
  release();
  await once(busy.socket, 'data');
  expect(busy.received()).toContain('{"data":{"slow":0}}');
});

test('one address has no more connections than it may', async () => {
  const { url } = await startSlowGateway({ MAX_CONNECTIONS_PER_ADDRESS: '5' });
  const first = await many(5, () => openRaw(url));
  await (
    await openRaw(url)
  ).closed;
  first[0]?.socket.destroy();
  await sleep(50);
  await expectAlive(url);
});
