// Its client alone: the whole brings graphql with it, sixty kilobytes.
import { createClient, type Client } from 'graphql-ws/client';

export interface LiveSettings {
  /** What shows who asks; read at each connection. */
  shown?: () => Record<string, string>;
  /** Called when a subscription of that name stands, anew after each interruption: from then on it misses nothing. */
  onStanding?: (operationName: string) => void;
}

/**
 * Opens the way by which the gateway that serves this page tells of changes: one WebSocket for all of them, which is
 * opened with the first, and again when it breaks off.
 */
export function openLive({ shown, onStanding }: LiveSettings = {}): Client {
  let count = 0;
  const client = createClient({
    url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
    // Rather than when the page thinks of it: a server that is gone says nothing.
    keepAlive: 15_000,
    retryAttempts: Infinity,
    // Whoever is refused is not let in the next time.
    shouldRetry: (reason) => !(reason instanceof CloseEvent && reason.code === FORBIDDEN),
    generateID: ({ operationName }) => `${(count += 1)} ${operationName ?? ''}`,
    ...(shown && { connectionParams: shown }),
  });
  client.on('ping', (isReceived, payload) => {
    const id = payload?.['following'];
    if (isReceived && typeof id === 'string') onStanding?.(id.slice(id.indexOf(' ') + 1));
  });
  return client;
}

const FORBIDDEN = 4403;
