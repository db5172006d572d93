import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Knows which sockets of `server` wait for an answer. `closeIdle()` closes all others at once, and
 * these as soon as they have it. Node's own `closeIdleConnections` spares sockets that never sent a
 * request, such as those a browser opens ahead of need, and the server would wait for them.
 */
export function trackSockets(server: Server): { closeIdle(): void } {
  const requestsInFlight = new Map<Socket, number>();
  let closing = false;

  server.on('connection', (socket) => {
    if (closing) {
      socket.destroy();
      return;
    }
    requestsInFlight.set(socket, 0);
    socket.once('close', () => requestsInFlight.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    requestsInFlight.set(socket, (requestsInFlight.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const left = (requestsInFlight.get(socket) ?? 1) - 1;
      if (socket.destroyed) return;
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
