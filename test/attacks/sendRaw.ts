import { connect } from 'node:net';
import type { Outcome } from './Attack.ts';

/** Sends bytes as they are to the server of `url`, and reads what it answers until it is silent or closes. */
export function sendRaw(url: string, bytes: string | Uint8Array): Promise<Outcome> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    const done = () => {
      socket.destroy();
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
      resolve({ status, text: text.slice(text.indexOf('\r\n\r\n') + 4) });
    };
    socket.setEncoding('utf8').setTimeout(1_000, done);
    socket.on('data', (part: string) => {
      text += part;
    });
    // A server that closes while it is written to has answered before.
    socket.on('error', () => {});
    socket.on('close', done);
  });
}

/** A request over HTTP/1.1 as text; `lines` are its headers beside host. */
export const request = (start: string, lines: readonly string[], body = ''): string =>
  [start, 'Host: localhost', 'Connection: close', ...lines, '', body].join('\r\n');
