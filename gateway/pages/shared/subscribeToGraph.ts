// Its client alone: the whole brings graphql with it, sixty kilobytes.
import { createClient, type Client } from 'graphql-ws/client';

/**
 * Opens the way by which the gateway that serves this page tells of changes: one WebSocket for all of them, which is
 * opened with the first, and again when it breaks off.
 * @param shown What shows who asks; read at each connection.
 */
export const openLive = (shown?: () => Record<string, string>): Client =>
  createClient({
    url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
    // Rather than when the page thinks of it: a server that is gone says nothing.
    keepAlive: 15_000,
    retryAttempts: Infinity,
    // Whoever is refused is not let in the next time.
    shouldRetry: (reason) => !(reason instanceof CloseEvent && reason.code === FORBIDDEN),
    ...(shown && { connectionParams: shown }),
  });

const FORBIDDEN = 4403;
