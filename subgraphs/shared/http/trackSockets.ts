import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface SocketLimits {
  connections: number;
  connectionsPerAddress: number;
}

/** Nobody who means well sends so many requests on one connection without waiting for an answer. */
const MAX_PIPELINED = 100;

/**
 * Knows which sockets of `server` wait for an answer. `closeIdle()` closes all others at once, and
 * these as soon as they have it. Node's own `closeIdleConnections` spares sockets that never sent a
 * request, such as those a browser opens ahead of need, and the server would wait for them.
 * When there are as many sockets as there may be, the one that has been idle longest gives way to a new one.
 */
export function trackSockets(
  server: Server,
  { connections, connectionsPerAddress }: SocketLimits,
): { closeIdle(): void } {
  /** Those that have been idle longest come first. */
  const requestsInFlight = new Map<Socket, number>();
  const socketsOf = new Map<string, number>();
  let closing = false;

  const makeRoom = (): boolean => {
    if (requestsInFlight.size < connections) return true;
    for (const [socket, count] of requestsInFlight) {
      if (count > 0) continue;
      requestsInFlight.delete(socket);
      socket.destroy();
      return true;
    }
    return false;
  };

  server.on('connection', (socket) => {
    const { remoteAddress = '' } = socket;
    const ofAddress = (socketsOf.get(remoteAddress) ?? 0) + 1;
    if (closing || ofAddress > connectionsPerAddress || !makeRoom()) {
      socket.destroy();
      return;
    }
    requestsInFlight.set(socket, 0);
    socketsOf.set(remoteAddress, ofAddress);
    socket.once('close', () => {
      requestsInFlight.delete(socket);
      const left = (socketsOf.get(remoteAddress) ?? 1) - 1;
      if (left > 0) socketsOf.set(remoteAddress, left);
      else socketsOf.delete(remoteAddress);
    });
  });
  // Before anybody begins to answer.
  server.prependListener('request', ({ socket }, response) => {
    const count = (requestsInFlight.get(socket) ?? 0) + 1;
    requestsInFlight.set(socket, count);
    if (count > MAX_PIPELINED) socket.destroy();
    response.once('close', () => {
      const left = (requestsInFlight.get(socket) ?? 1) - 1;
      if (socket.destroyed) return;
      requestsInFlight.delete(socket);
      requestsInFlight.set(socket, left);
      if (closing && left === 0) socket.destroySoon();
    });
  });

  return {
    closeIdle() {
      closing = true;
      for (const [socket, count] of requestsInFlight) if (count === 0) socket.destroy();
    },
  };
}
