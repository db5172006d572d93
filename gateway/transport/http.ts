import { Pool } from 'undici';
import { VOUCHER_HEADER, type Vouch } from '../../subgraphs/shared/authentication/vouch.ts';
import { isRecord } from '../../subgraphs/shared/isRecord.ts';
import { failedFetch, subgraphFault } from './subgraphFault.ts';
import type {
  FetchOptions,
  SubgraphRequest,
  SubgraphResult,
  Transport,
  TransportLog,
} from './Transport.ts';
import { withDeadline } from './withDeadline.ts';

export interface HttpTransportSettings {
  /** The name of the subgraph. */
  name: string;
  url: string;
  timeoutMs: number;
  /** Longer answers are cut off and count as invalid. */
  responseLimitBytes: number;
  /** Signs who asks, for the subgraph; undefined where it is not told. */
  vouch?: Vouch | undefined;
  log: TransportLog;
}

/** With these, servers refuse variables or clients, and say in GraphQL why. */
const refusalStatuses = new Set([400, 401, 403, 422]);

const headers = {
  'content-type': 'application/json',
  accept: 'application/graphql-response+json, application/json;q=0.9',
};

/** So many fetches of one subgraph are under way at most; others wait for their turn. */
const CONNECTIONS = 256;

/** Reaches a subgraph over HTTP, by POST, on connections that are kept. */
export function createHttpTransport({
  name,
  url,
  timeoutMs,
  responseLimitBytes,
  vouch,
  log,
}: HttpTransportSettings): Transport {
  const { origin, pathname, search } = new URL(url);
  // undici's own fetch costs about twice as much; time is kept by the deadline of each fetch.
  const pool = new Pool(origin, { connections: CONNECTIONS, headersTimeout: 0, bodyTimeout: 0 });

  const headersWith = async ({ viewer, headers: ofClient }: FetchOptions) => {
    // What the gateway says itself comes last: nothing that a client sends takes its place.
    const ours = vouch ? { ...headers, [VOUCHER_HEADER]: await vouch(viewer, name) } : headers;
    return { ...ofClient, ...ours };
  };

  const post = async (request: SubgraphRequest, options: FetchOptions, signal: AbortSignal) => {
    const { statusCode, body } = await pool.request({
      path: pathname + search,
      method: 'POST',
      headers: vouch || options.headers ? await headersWith(options) : headers,
      body: JSON.stringify(request),
      signal,
    });
    return { status: statusCode, text: await readText(body, responseLimitBytes) };
  };

  return {
    close: () => pool.close(),
    async fetch(request, options) {
      const cancel = new AbortController();
      try {
        const { status, text } = await withDeadline(
          () => post(request, options, cancel.signal),
          { timeoutMs, signal: options.signal },
          (reason) => cancel.abort(reason),
        );
        const works = status >= 200 && status < 300;
        const result = works || refusalStatuses.has(status) ? readResult(text) : undefined;
        if (result) return result;

        const code = works ? 'SUBGRAPH_INVALID_RESPONSE' : 'SUBGRAPH_UNAVAILABLE';
        return subgraphFault(code, name, `HTTP status ${status}: ${text.slice(0, 200)}`, log);
      } catch (error) {
        if (error instanceof TooLong) {
          return subgraphFault('SUBGRAPH_INVALID_RESPONSE', name, error, log);
        }
        return failedFetch(error, name, log);
      }
    },
  };
}

class TooLong extends Error {}

/** Reads a body as UTF-8; throws `TooLong`, and closes the connection, when it goes on beyond the limit. */
async function readText(body: AsyncIterable<Buffer>, limitBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > limitBytes) throw new TooLong(`the answer is longer than ${limitBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length).toString('utf8');
}

/** The GraphQL answer in `text`; undefined when there is none. */
function readResult(text: string): SubgraphResult | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(body)) return undefined;

  const { data, errors = [] } = body;
  if (!Array.isArray(errors) || !errors.every(isError)) return undefined;
  if (isRecord(data)) return { data, errors: errors.length > 0 ? errors : undefined };
  return (data === null || data === undefined) && errors.length > 0 ? { data, errors } : undefined;
}

function isError(error: unknown): error is { message: string } {
  return isRecord(error) && typeof error['message'] === 'string';
}
