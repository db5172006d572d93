import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { Agent } from 'undici';
import { cleanUp } from '../gateway/kit.ts';

const LOOK_EVERY_MS = 50;

/**
 * A load balancer as small as can be: it asks in turn those servers that say that they are ready, and another one only
 * where nobody listens. Gives its URL.
 */
export async function startBalancer(origins: readonly string[]): Promise<string> {
  const agent = new Agent();
  const ready = new Set<string>();
  let next = 0;

  const look = async (origin: string) => {
    const isReady = await agent
      .request({ origin, path: '/readyz', method: 'GET', headersTimeout: 1_000 })
      .then(
        async ({ statusCode, body }) => {
          await body.dump();
          return statusCode === 200;
        },
        () => false,
      );
    if (isReady) ready.add(origin);
    else ready.delete(origin);
  };
  const timer = setInterval(() => void Promise.all(origins.map(look)), LOOK_EVERY_MS);

  const forward = async (request: IncomingMessage, response: ServerResponse, body: Buffer) => {
    for (let tries = 0; tries < origins.length; tries++) {
      const turns = [...ready];
      const origin = turns[next++ % turns.length];
      if (origin === undefined) break;
      try {
        const answer = await agent.request({
          origin,
          path: request.url ?? '/',
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        });
        response.writeHead(answer.statusCode, { 'content-type': 'application/json' });
        response.end(Buffer.from(await answer.body.arrayBuffer()));
        return;
      } catch (error) {
        const code: unknown = Reflect.get(Object(error), 'code');
        if (code !== 'ECONNREFUSED') {
          response.writeHead(502).end(String(error));
          return;
        }
        ready.delete(origin);
      }
    }
    response.writeHead(502).end('nobody is ready');
  };

  const server = createServer((request, response) => {
    void buffer(request).then((body) => forward(request, response, body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  await Promise.all(origins.map(look));
  cleanUp(async () => {
    clearInterval(timer);
    server.closeAllConnections();
    server.close();
    await agent.destroy();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/graphql`;
}
