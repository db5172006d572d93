import { setTimeout as sleep } from 'node:timers/promises';
import { Agent } from 'undici';

/** Clients that ask without end, each on a connection that it keeps. */
export interface Clients {
  /** How many have been answered as they should be. */
  answered(): number;
  /** What went wrong otherwise. */
  failed(): string[];
  /** Ends them, once each has its last answer. */
  stop(): Promise<void>;
}

const PAUSE_MS = 5;

/** Starts clients that ask `query` and want to read `expected`. */
export function startClients(
  url: string,
  { query, expected, count = 8 }: { query: string; expected: string; count?: number },
): Clients {
  const agent = new Agent({ connections: count });
  const { origin, pathname } = new URL(url);
  let answered = 0;
  const failed: string[] = [];
  let isOver = false;

  const ask = async () => {
    try {
      const { statusCode, body } = await agent.request({
        origin,
        path: pathname,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      const text = await body.text();
      if (statusCode === 200 && text.trim() === expected) answered += 1;
      else failed.push(`${statusCode} ${text}`);
    } catch (error) {
      failed.push(String(error));
    }
  };
  const clients = Array.from({ length: count }, async () => {
    while (!isOver) {
      await ask();
      await sleep(PAUSE_MS);
    }
  });
  return {
    answered: () => answered,
    failed: () => failed,
    async stop() {
      isOver = true;
      await Promise.all(clients);
      await agent.close();
    },
  };
}
