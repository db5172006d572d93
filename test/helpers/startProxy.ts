import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a database that can be cut. */
export interface Proxy {
  uri: string;
  /** Ends all connections, and takes no new ones. */
  cut(): void;
  /** Says nothing more on the connections that there are, without ending them. */
  freeze(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Stands between a client and the database server at `uri`, which must be reached directly. */
export async function startProxy(uri: string): Promise<Proxy> {
  const target = new URL(uri);
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((client) => {
    if (isCut) return void client.destroy();
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.pipe(upstream).pipe(client);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const end = () => {
    for (const socket of sockets) socket.destroy();
  };

  return {
    uri: uri.replace(target.host, `127.0.0.1:${port}`),
    cut() {
      isCut = true;
      end();
    },
    freeze() {
      isCut = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    mend() {
      isCut = false;
      end();
    },
    async close() {
      end();
      server.close();
      await once(server, 'close');
    },
  };
}
