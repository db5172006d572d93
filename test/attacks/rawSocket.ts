import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { cleanUp } from '../gateway/kit.ts';

/** A connection on which a test says what it wants, byte for byte. */
export interface RawSocket {
  socket: Socket;
  /** All that came so far. */
  received(): string;
  /** Resolves with the milliseconds that have passed since the connection was made, once it has ended. */
  closed: Promise<number>;
}

/** Connects to the server behind a URL, and sends `text`. */
export async function openRaw(url: string, text = ''): Promise<RawSocket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  cleanUp(async () => socket.destroy());
  let received = '';
  socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')));
  // A connection that is cut off shows as an error here or there.
  socket.on('error', () => {});
  const begin = performance.now();
  const closed = new Promise<number>((resolve) =>
    socket.once('close', () => resolve(performance.now() - begin)),
  );
  await once(socket, 'connect');
  if (text) socket.write(text);
  return { socket, received: () => received, closed };
}

/** A POST of GraphQL, as text. */
export function postText(query: string, headers: Record<string, string | number> = {}): string {
  const body = JSON.stringify({ query });
  const lines = Object.entries({
    host: 'x',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST /graphql HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}
