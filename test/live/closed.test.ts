import { once } from 'node:events';
import { connect } from 'node:net';
import { createClient, type ClientOptions } from 'graphql-ws';
import { afterAll, beforeAll, expect, it } from 'vitest';
import WebSocket from 'ws';
import { createKeys } from '../helpers/createKeys.ts';
import { startGraph } from '../helpers/graph.ts';

/** A server that answers nobody without a key: over WebSocket browsers show it in their first message. */

let graph: Awaited<ReturnType<typeof startGraph>>;
let keys: Awaited<ReturnType<typeof createKeys<'reader'>>>;

beforeAll(async () => {
  keys = await createKeys({ reader: { agency: 'org-bo-cong-an', roles: [], scopes: [] } });
  graph = await startGraph({
    keysFile: keys.file,
    env: {
      PUBLIC_READING: 'false',
      WRONG_KEYS_PER_MINUTE: '5',
    },
  });
});
afterAll(async () => {
  await graph?.close();
  await keys?.remove();
});

/** Follows until the subscription stands, or the connection is closed: then its code and reason. */
async function follow(options: Partial<ClientOptions>, headers: Record<string, string> = {}) {
  class Socket extends WebSocket {
    constructor(address: string, protocol: string) {
      super(address, protocol, { headers });
    }
  }
  const client = createClient({
    url: graph.url.replace('http', 'ws'),
    webSocketImpl: Socket,
    retryAttempts: 0,
    generateID: () => 'mine',
    ...options,
  });
  const outcome = new Promise((resolve) => {
    client.on('ping', (_isReceived, payload) => resolve(payload));
    client.on('closed', (event) => {
      const { code, reason } = event as { code: number; reason: string };
      resolve([code, reason]);
    });
  });
  const unsubscribe = client.subscribe(
    { query: 'subscription { outcomeChanged { kind } }' },
    { next: () => {}, error: () => {}, complete: () => {} },
  );
  try {
    return await outcome;
  } finally {
    unsubscribe();
    await client.dispose();
  }
}

it.each([
  ['authorization', (key: string) => `Bearer ${key}`],
  ['Authorization', (key: string) => `Bearer ${key}`],
  ['x-api-key', (key: string) => key],
])('a key in `connectionParams` as %s opens it', async (name, show) => {
  const connectionParams = { [name]: show(keys.keys.reader) };
  expect(await follow({ connectionParams })).toEqual({ following: 'mine' });
});

it('a key in a header of the upgrade opens it too', async () => {
  expect(await follow({}, { 'x-api-key': keys.keys.reader })).toEqual({ following: 'mine' });
});

it('without a key it is closed, with what to do', async () => {
  expect(await follow({})).toEqual([4403, expect.stringContaining('send your API key')]);
});

it('an upgrade that is none, or leads elsewhere, gets nothing', async () => {
  const query = 'query=%7B__typename%7D';
  const upgrade = 'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x\r\n';
  const key = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
  for (const request of [
    `GET /graphql?${query} HTTP/1.1\r\n${upgrade}`,
    `GET /graphql?${query} HTTP/1.1\r\nConnection: upgrade\r\nUpgrade: h2c\r\n`,
    `GET /data/Outcomes.csv HTTP/1.1\r\nConnection: upgrade\r\nUpgrade: websocket\r\n${key}`,
    `GET /data HTTP/1.1\r\nConnection: upgrade\r\nUpgrade: websocket\r\n${key}`,
    `POST /graphql HTTP/1.1\r\nConnection: upgrade\r\nUpgrade: websocket\r\n${key}`,
    `GET /status?format=json HTTP/1.1\r\nConnection: upgrade\r\nUpgrade: websocket\r\n${key}`,
  ]) {
    const { hostname, port, host } = new URL(graph.url);
    const socket = connect(Number(port), hostname);
    socket.end(
      `${request}Host: ${host}\r\nContent-Type: application/json\r\napollo-require-preflight: 1\r\n\r\n`,
    );
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    await once(socket, 'close');
    expect(answer, request).toMatch(/^HTTP\/1.1 (401|400|404|101) /);
    expect(answer, request).not.toMatch(/"data"|resources|supergraph|measure/);
  }
});

it('who guesses keys is slowed down, and who has one is not', async () => {
  const guess = () =>
    follow({ connectionParams: { 'x-api-key': `antq_0123456789_${'x'.repeat(43)}` } });
  const outcomes: unknown[] = [];
  for (let each = 0; each < 8; each += 1) outcomes.push(await guess());
  expect(outcomes[0]).toEqual([4403, expect.stringMatching(/key/)]);
  expect(outcomes.at(-1)).toEqual([1013, expect.any(String)]);
  const connectionParams = { 'x-api-key': keys.keys.reader };
  expect(await follow({ connectionParams })).toEqual({ following: 'mine' });
});
