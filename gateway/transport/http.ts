import { Pool } from 'undici';
import { VOUCHER_HEADER, type Vouch } from '../../subgraphs/shared/authentication/vouch.ts';
import { EVENT_STREAM, HEARTBEAT_MS } from '../../subgraphs/shared/live/sendEvents.ts';
import { askDatabase } from './askDatabase.ts';
import type { ByteBudget } from './createByteBudget.ts';
import { traceHeaders } from '../../subgraphs/shared/seen/tracing.ts';
import { readBody, Unreadable } from './readBody.ts';
import { readEvents } from './readEvents.ts';
import { readResult } from './readResult.ts';
import { codeOf, failedFetch, subgraphFault } from './subgraphFault.ts';
import {
  logFor,
  RefusedBySubgraph,
  type FetchOptions,
  type SubgraphRequest,
  type Transport,
  type TransportLog,
} from './Transport.ts';
import { withDeadline } from './withDeadline.ts';

export interface HttpTransportSettings {
  /** The name of the subgraph. */
  name: string;
  url: string;
  timeoutMs: number;
  /** Longer answers are cut off and count as invalid. */
  responseLimitBytes: number;
  /** Bounds what is being read from all subgraphs. */
  bytes: ByteBudget;
  /** Signs who asks, for the subgraph; undefined where it is not told. */
  vouch?: Vouch | undefined;
  log: TransportLog;
}

/** A stream is a heartbeat away from saying something: who says nothing for so long has gone. */
const SILENCE_MS = 3 * HEARTBEAT_MS;

/** With these, servers refuse variables or clients, and say in GraphQL why. */
const refusalStatuses = new Set([400, 401, 403, 422]);

const headers = {
  'content-type': 'application/json',
  // Answers are not unpacked: a small one could become a huge one.
  'accept-encoding': 'identity',
  accept: 'application/graphql-response+json, application/json;q=0.9',
};

/** So many fetches of one subgraph are under way at most; others wait for their turn. */
const CONNECTIONS = 256;

/** A connection that is not made by then will hardly be made. */
const CONNECT_TIMEOUT_MS = 3_000;

/** With these, servers and what stands before them say that it may work at once again. */
const passingStatuses = new Set([502, 503, 504]);

/**
 * Reaches a subgraph over HTTP, by POST, on connections that are kept. Redirections are not followed, and
 * nothing is tried again.
 */
export function createHttpTransport({
  name,
  url,
  timeoutMs,
  responseLimitBytes,
  bytes,
  vouch,
  log,
}: HttpTransportSettings): Transport {
  const { origin, pathname, search } = new URL(url);
  // undici's own fetch costs about twice as much; time is kept by the deadline of each fetch.
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: Math.min(timeoutMs, CONNECT_TIMEOUT_MS) },
  });

  const headersWith = async ({
    viewer,
    headers: ofClient,
    requestId,
  }: Pick<FetchOptions, 'viewer' | 'headers' | 'requestId'>) => {
    // What the gateway says itself comes last: nothing that a client sends takes its place.
    const ours = vouch ? { ...headers, [VOUCHER_HEADER]: await vouch(viewer, name) } : headers;
    return {
      ...ofClient,
      ...traceHeaders(),
      ...ours,
      ...(requestId !== undefined && { 'x-request-id': requestId }),
    };
  };

  const post = async (request: SubgraphRequest, options: FetchOptions, signal: AbortSignal) => {
    const answer = await pool.request({
      path: pathname + search,
      method: 'POST',
      headers: await headersWith(options),
      body: JSON.stringify(request),
      signal,
    });
    return {
      status: answer.statusCode,
      retryAfter: answer.headers['retry-after'],
      text: await readBody(answer, { limitBytes: responseLimitBytes, bytes }),
    };
  };

  // Apart: streams stay, and would take the connections of fetches.
  const streams = new Pool(origin, {
    headersTimeout: timeoutMs,
    bodyTimeout: SILENCE_MS,
    connect: { timeout: Math.min(timeoutMs, CONNECT_TIMEOUT_MS) },
  });

  return {
    async close() {
      // Streams go on by what takes the place of this.
      await Promise.all([pool.close(), streams.destroy()]);
    },
    async subscribe(request, options) {
      const { lastEventId, signal } = options;
      const answer = await streams.request({
        path: pathname + search,
        method: 'POST',
        headers: {
          ...(await headersWith(options)),
          accept: EVENT_STREAM,
          ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
        },
        body: JSON.stringify(request),
        signal,
      });
      const type = String(answer.headers['content-type']);
      if (answer.statusCode === 200 && type.startsWith(EVENT_STREAM)) {
        return readEvents(answer.body, responseLimitBytes);
      }
      const text = await readBody(answer, { limitBytes: responseLimitBytes, bytes });
      const isAnswer = answer.statusCode < 300 || refusalStatuses.has(answer.statusCode);
      const errors = isAnswer ? readResult(text)?.errors : undefined;
      if (errors?.length) throw new RefusedBySubgraph(errors);
      throw new Error(`HTTP status ${answer.statusCode}: ${text.slice(0, 200)}`);
    },
    database: (signal) => askDatabase(pool, bytes, signal),
    async fetch(request, options) {
      const cancel = new AbortController();
      try {
        const { status, retryAfter, text } = await withDeadline(
          () => post(request, options, cancel.signal),
          {
            timeoutMs: Math.min(timeoutMs, options.timeoutMs ?? timeoutMs),
            signal: options.signal,
          },
          (reason) => cancel.abort(reason),
        );
        const works = status >= 200 && status < 300;
        const result = works || refusalStatuses.has(status) ? readResult(text) : undefined;
        if (result) return result;

        const cause = `HTTP status ${status}: ${text.slice(0, 200)}`;
        const code = works ? 'SUBGRAPH_INVALID_RESPONSE' : 'SUBGRAPH_UNAVAILABLE';
        return subgraphFault(code, name, cause, logFor(log, options), {
          request,
          isIllness: true,
          isPassing: passingStatuses.has(status),
          retryAfterMs: secondsIn(retryAfter),
        });
      } catch (error) {
        if (error instanceof Unreadable) {
          const { code, isIllness } = error;
          return subgraphFault(code, name, error, logFor(log, options), { request, isIllness });
        }
        if (isGarbled(error)) {
          const details = { request, isIllness: true };
          return subgraphFault(
            'SUBGRAPH_INVALID_RESPONSE',
            name,
            error,
            logFor(log, options),
            details,
          );
        }
        return failedFetch(error, name, logFor(log, options), request);
      }
    },
  };
}

/** Whether an answer is no proper HTTP. */
function isGarbled(error: unknown) {
  const isNoHttp = error instanceof Error && error.name === 'HTTPParserError';
  return isNoHttp || codeOf(error) === 'UND_ERR_HEADERS_OVERFLOW';
}

/** A `Retry-After` in seconds, as milliseconds; a date is not worth the trouble. */
function secondsIn(retryAfter: string | string[] | undefined) {
  return typeof retryAfter === 'string' && /^\d{1,5}$/.test(retryAfter)
    ? Number(retryAfter) * 1_000
    : undefined;
}
