import { isRecord } from './isRecord.ts';
import { failedFetch, subgraphFault } from './subgraphFault.ts';
import type { SubgraphRequest, SubgraphResult, Transport, TransportLog } from './Transport.ts';
import { withDeadline } from './withDeadline.ts';

export interface HttpTransportSettings {
  /** The name of the subgraph. */
  name: string;
  url: string;
  timeoutMs: number;
  log: TransportLog;
}

/** With these, servers refuse variables or clients, and say in GraphQL why. */
const refusalStatuses = new Set([400, 401, 403, 422]);

/** Reaches a subgraph over HTTP, by POST. */
export function createHttpTransport({
  name,
  url,
  timeoutMs,
  log,
}: HttpTransportSettings): Transport {
  return {
    async fetch(request, { signal }) {
      try {
        const { status, text } = await withDeadline((deadline) => post(url, request, deadline), {
          timeoutMs,
          signal,
        });
        const works = status >= 200 && status < 300;
        const result = works || refusalStatuses.has(status) ? readResult(text) : undefined;
        if (result) return result;

        const code = works ? 'SUBGRAPH_INVALID_RESPONSE' : 'SUBGRAPH_UNAVAILABLE';
        return subgraphFault(code, name, `HTTP status ${status}: ${text.slice(0, 200)}`, log);
      } catch (error) {
        return failedFetch(error, name, log);
      }
    },
  };
}

async function post(url: string, request: SubgraphRequest, signal: AbortSignal) {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json;q=0.9',
    },
    body: JSON.stringify(request),
    redirect: 'manual',
    signal,
  });
  return { status: response.status, text: await response.text() };
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
