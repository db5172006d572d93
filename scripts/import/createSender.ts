import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { z } from 'zod';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import type { Kind } from './Kind.ts';
import { Stopped } from './Stopped.ts';

/** What came of one row that was sent: the type `ImportResult` of the schema. */
export interface Result {
  status: 'ACCEPTED' | 'ALREADY' | 'REFUSED';
  id: string | null;
  userErrors: { code: string; message: string; path: string[] }[];
}

const answerSchema = z.object({
  data: z
    .object({
      import: z
        .object({
          results: z.array(
            z.object({
              status: z.enum(['ACCEPTED', 'ALREADY', 'REFUSED']),
              id: z.string().nullable(),
              userErrors: z.array(
                z.object({ code: z.string(), message: z.string(), path: z.array(z.string()) }),
              ),
            }),
          ),
        })
        .nullable(),
    })
    .nullish(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        extensions: z.object({ code: z.string().default('') }).default({ code: '' }),
      }),
    )
    .default([]),
});

interface Settings {
  url: string;
  key: string | undefined;
  kind: Kind;
  agencyId: string;
  dryRun: boolean;
  /** How long to wait for a server that is away. */
  waitMs: number;
  log(line: string): void;
  /** Ends the wait for a server. */
  signal: AbortSignal;
}

/** What came of a request: results, a server that is away, or an answer that no waiting mends. */
type Reply =
  | { results: Result[] }
  | { away: string; afterMs?: number }
  | { slow: string }
  | { code: string; message: string };

const AWAY_CODES = [
  'UNAVAILABLE',
  'SUBGRAPH_UNAVAILABLE',
  'SUBGRAPH_OVERLOADED',
  'RATE_LIMITED',
  'TOO_MANY_REQUESTS',
];
const AWAY_STATUS = [429, 502, 503];
/** Whoever asks may not: no other row would fare better. */
const NOT_ALLOWED = ['UNAUTHENTICATED', 'FORBIDDEN', 'UNAUTHORIZED_FIELD_OR_TYPE'];
const TOO_LARGE = 'TOO_LARGE';
const TIMEOUT_MS = 120_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

function toReply(status: number, retryAfter: string | undefined, text: string): Reply {
  const afterMs = /^\d{1,4}$/.test(retryAfter ?? '') ? { afterMs: Number(retryAfter) * 1_000 } : {};
  if (AWAY_STATUS.includes(status))
    return { away: `it answered with status ${status}`, ...afterMs };
  if (status === 413) return { code: TOO_LARGE, message: 'is more than the server takes' };
  if (status === 504) return { slow: `it answered with status ${status}` };
  const parsed = answerSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    return {
      code: 'NO_GRAPHQL',
      message: `it answered with status ${status}, and not as GraphQL does`,
    };
  }
  const { data, errors } = parsed.data;
  if (data?.import && !errors.length) return data.import;
  const [{ message, extensions } = { message: 'it answered nothing', extensions: { code: '' } }] =
    errors;
  const { code } = extensions;
  if (AWAY_CODES.includes(code)) return { away: message, ...afterMs };
  if (code === 'SUBGRAPH_TIMEOUT') return { slow: message };
  return { code: code || `status ${status}`, message };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Makes the function that sends rows and gives what came of each. It waits for a server that is away, and sends
 * again: what was written already comes as ALREADY. Rows that are refused together are sent in halves, until the
 * one stands alone that can't be sent at all. Rejects with Stopped when no row could be sent any more,
 * and with a UserError when an empty list was refused: then no row would fare better.
 */
export function createSender({ url, key, kind, agencyId, dryRun, waitMs, log, signal }: Settings) {
  const query = `mutation ($agencyId: ID!, $rows: [${kind.input.name}!]!, $dryRun: Boolean!) {
    import: ${kind.mutation}(agencyId: $agencyId, rows: $rows, dryRun: $dryRun) {
      results { status id userErrors { code message path } }
    }
  }`;

  async function post(rows: readonly unknown[]): Promise<Reply> {
    try {
      const { statusCode, headers, body } = await request(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(key ? { authorization: `Bearer ${key}` } : {}),
        },
        body: JSON.stringify({ query, variables: { agencyId, rows, dryRun } }),
        headersTimeout: TIMEOUT_MS,
        bodyTimeout: TIMEOUT_MS,
      });
      return toReply(statusCode, String(headers['retry-after']), await body.text());
    } catch (error) {
      // Of several addresses that fail there is a list without a message.
      return { away: error instanceof Error ? error.message || error.name : String(error) };
    }
  }

  /** Asks until the server is there; a server that is too slow for one row is away. */
  async function ask(rows: readonly unknown[]): Promise<Exclude<Reply, { away: string }>> {
    const end = Date.now() + waitMs;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      const reply = await post(rows);
      const isSlow = 'slow' in reply;
      if (!('away' in reply) && !(isSlow && rows.length <= 1)) return reply;
      const reason = isSlow ? reply.slow : reply.away;
      const wait = Math.max(pause, isSlow ? 0 : (reply.afterMs ?? 0));
      if (signal.aborted || Date.now() + wait > end)
        throw new Stopped(`${url} does not answer: ${reason}`);
      log(`import: ${url} does not answer (${reason}); again in ${(wait / 1_000).toFixed(1)} s`);
      await sleep(wait, undefined, { signal }).catch(() => {});
    }
  }

  /** So many rows go at once: fewer when that was too much for the server, then slowly more again. */
  let most = Infinity;

  const inTwo = async (rows: readonly unknown[], at: number): Promise<Result[]> => [
    ...(await send(rows.slice(0, at))),
    ...(await send(rows.slice(at))),
  ];

  async function send(rows: readonly unknown[]): Promise<Result[]> {
    if (rows.length > most) return inTwo(rows, most);
    const reply = await ask(rows);
    if ('results' in reply) {
      if (reply.results.length !== rows.length) {
        throw new Stopped(`${url} answered for ${reply.results.length} of ${rows.length} rows`);
      }
      if (rows.length === most) most += 1;
      return reply.results;
    }
    const { code, message } = 'code' in reply ? reply : { code: 'TIMEOUT', message: reply.slow };
    // The question before the first row.
    if (!rows.length) throw new UserError(`${url} says: ${message} (${code})`);
    if (NOT_ALLOWED.includes(code)) throw new Stopped(`${message} (${code})`);
    if (rows.length > 1) {
      const half = Math.ceil(rows.length / 2);
      if ('slow' in reply || code === TOO_LARGE) most = half;
      return inTwo(rows, half);
    }
    return [{ status: 'REFUSED', id: null, userErrors: [{ code, message, path: [] }] }];
  }

  return send;
}
