import { Pool } from 'undici';
import type { Variant } from './startVariant.ts';

/** Requests that may be on their way at once. */
export const CONNECTIONS = 8;

/** A database may take minutes for what it is first asked. */
const PATIENT = { headersTimeout: 600_000, bodyTimeout: 600_000 };

/** What a client sends. */
export interface Query {
  query: string;
}

/** How long requests took, in milliseconds, and how long all of them together. */
export interface Load {
  latencies: number[];
  elapsedMs: number;
}

export interface Client {
  /** Asks once; gives the text of the answer. */
  ask(request: Query): Promise<string>;
  /**
   * Asks a few times, and does not mind failures: stock servers close connections that were idle for
   * 5 s, and a gateway that takes such a one from its pool fails a request.
   */
  wake(request: Query): Promise<void>;
  /** Asks one request after the other, over and over, on several connections at once. */
  load(requests: readonly Query[], until: { seconds: number; atLeast: number }): Promise<Load>;
  close(): Promise<void>;
}

/** A client of a variant, which keeps its connections. */
export function createClient({ url, name }: Pick<Variant, 'url' | 'name'>): Client {
  const { origin, pathname: path } = new URL(url);
  const pool = new Pool(origin, { connections: CONNECTIONS, pipelining: 1, ...PATIENT });
  const headers = { 'content-type': 'application/json', accept: 'application/json' };

  async function send(body: string): Promise<string> {
    const response = await pool.request({ method: 'POST', path, headers, body });
    const text = await response.body.text();
    if (response.statusCode !== 200 || text.includes('"errors":[')) {
      throw new Error(
        `${name} answers with status ${response.statusCode}: ${text.slice(0, 1_000)}\nto ${body.slice(0, 500)}`,
      );
    }
    return text;
  }
  const toBody = ({ query }: Query) => JSON.stringify({ query });

  return {
    ask: (request) => send(toBody(request)),
    async wake(request) {
      const body = toBody(request);
      for (let time = 0; time < 3; time++) {
        await Promise.allSettled(Array.from({ length: CONNECTIONS }, () => send(body)));
      }
    },
    async load(requests, { seconds, atLeast }) {
      const bodies = requests.map(toBody);
      const latencies: number[] = [];
      const started = performance.now();
      let sent = 0;
      const work = async () => {
        while (sent < atLeast || performance.now() - started < seconds * 1_000) {
          const body = bodies[sent++ % bodies.length] ?? '';
          const begun = performance.now();
          await send(body);
          latencies.push(performance.now() - begun);
        }
      };
      await Promise.all(Array.from({ length: CONNECTIONS }, work));
      return { latencies, elapsedMs: performance.now() - started };
    },
    close: () => pool.close(),
  };
}
