import { once } from 'node:events';
import { createServer } from 'node:http';

/** Serves a handler of Node's on any free port. */
export async function serve(handler) {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${server.address().port}/graphql` };
}
