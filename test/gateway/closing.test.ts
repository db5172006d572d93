import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { createSubgraph, startTestGateway } from './kit.ts';
import { createBooks } from './library.ts';

/** A gateway with a field that answers when the test says so. */
async function startSlow() {
  let asked = () => {};
  let answer: (value: number) => void = () => {};
  const wasAsked = new Promise<void>((resolve) => (asked = resolve));
  const slow = createSubgraph('slow', 'type Query { slow: Int }', {
    Query: {
      slow: () =>
        new Promise<number>((resolve) => {
          answer = resolve;
          asked();
        }),
    },
  });
  const gateway = await startTestGateway({ subgraphs: [slow], inProcess: [slow] });
  return { ...gateway, wasAsked, answer: (value: number) => answer(value) };
}

async function post(url: string, agent: Agent, query: string) {
  const outgoing = request(url, {
    agent,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  });
  outgoing.end(JSON.stringify({ query }));
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  return text(response);
}

test('closing ends idle connections at once and lets answers in flight finish', async () => {
  const gateway = await startSlow();
  const agent = new Agent({ keepAlive: true });
  expect(await post(gateway.url, agent, '{ __typename }')).toContain('Query');
  const { hostname, port } = new URL(gateway.url);
  const silent = connect(Number(port), hostname);
  await once(silent, 'connect');
  const idle = Object.values(agent.freeSockets).flat()[0];
  const inFlight = post(gateway.url, new Agent({ keepAlive: true }), '{ slow }');
  await gateway.wasAsked;

  const before = performance.now();
  const closed = gateway.close();
  await Promise.all([once(silent, 'close'), idle && once(idle, 'close')]);
  await expect(fetch(gateway.url)).rejects.toThrow();

  gateway.answer(7);
  expect(await inFlight).toBe('{"data":{"slow":7}}\n');
  await closed;
  expect(performance.now() - before).toBeLessThan(5_000);
});

test('a client that sends its headers too slowly is cut off', async () => {
  const books = createBooks();
  const { url } = await startTestGateway({ subgraphs: [books], inProcess: [books] });
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write('POST /graphql HTTP/1.1\r\nhost: x\r\nx-slow: ');
  const drip = setInterval(() => socket.write('z'), 200);
  try {
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 408 .+"code":"REQUEST_TIMEOUT"/s);
  } finally {
    clearInterval(drip);
  }
});

test('what is not HTTP is answered as JSON and cut off', async () => {
  const books = createBooks();
  const { url } = await startTestGateway({ subgraphs: [books], inProcess: [books] });
  const { hostname, port } = new URL(url);
  for (const [sent, status, code] of [
    ['nonsense\r\n\r\n', 400, 'BAD_REQUEST'],
    [
      `GET /graphql HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
      431,
      'HEADERS_TOO_LARGE',
    ],
    ['GET /graphql HTTP/1.1\r\nhost: a b\r\nconnection: close\r\n\r\n', 400, 'BAD_REQUEST'],
  ] as const) {
    const socket = connect(Number(port), hostname);
    socket.write(sent);
    const answer = await text(socket);
    expect(answer).toContain(`HTTP/1.1 ${status} `);
    expect(answer).toContain(`"extensions":{"code":"${code}"}`);
  }
});

test('a port that is taken is one clear line', async () => {
  const books = createBooks();
  const first = await startTestGateway({ subgraphs: [books], inProcess: [books] });
  const { port } = new URL(first.url);
  const second = startTestGateway({ subgraphs: [books], inProcess: [books], env: { PORT: port } });
  await expect(second).rejects.toThrow(
    `port ${port} is taken: stop what uses it, or set PORT to another port`,
  );
});

test('an address that is not of this machine is one clear line', async () => {
  const books = createBooks();
  const env = { HOST: '192.0.2.1' };
  await expect(startTestGateway({ subgraphs: [books], inProcess: [books], env })).rejects.toThrow(
    '"192.0.2.1" is not an address of this machine: set HOST to one',
  );
});
