import { once } from 'node:events';
import { connect, createServer } from 'node:net';

const HOST = '127.0.0.1';

/** A free port of 127.0.0.1: the preferred one if it is free. */
export async function freePort(preferred = 0): Promise<number> {
  const server = createServer();
  try {
    server.listen(preferred, HOST);
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('not a port');
    return address.port;
  } catch (error) {
    if (preferred === 0) throw error;
    return await freePort();
  } finally {
    server.close();
  }
}

/** Whether somebody listens on a port of 127.0.0.1. */
export async function isListening(port: number): Promise<boolean> {
  return (await whyUnreachable(HOST, port, 1_000)) === null;
}

/** Tries to reach a host: null when it answers in time, else why not, in half a sentence. */
export async function whyUnreachable(
  host: string,
  port: number,
  timeoutMs: number,
): Promise<string | null> {
  const socket = connect({ host, port });
  // The socket's own timeout would not count the time that a name look-up takes.
  const timer = setTimeout(() => {
    socket.destroy(new Error(`${host} does not answer within ${timeoutMs / 1_000} s`));
  }, timeoutMs);
  try {
    await once(socket, 'connect');
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}
