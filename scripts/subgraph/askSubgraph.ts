import { UserError } from '../../subgraphs/shared/UserError.ts';
import { isRecord } from '../../subgraphs/shared/isRecord.ts';

/** An answer of a subgraph in the shape of GraphQL. */
export interface SubgraphAnswer {
  data: Record<string, unknown> | null;
  errors: { message: string; path?: unknown[]; extensions?: Record<string, unknown> }[];
  contentType: string;
  milliseconds: number;
}

export interface AskSettings {
  url: string;
  timeoutMs: number;
}

/** What an HTTP server said, whatever it is. */
export interface HttpAnswer {
  status: number;
  contentType: string;
  text: string;
}

/** Posts a body. Rejects with a UserError that says what to do when nothing answers in time. */
export async function post(
  { url, timeoutMs }: AskSettings,
  body: string,
  contentType = 'application/json',
): Promise<HttpAnswer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': contentType, accept: 'application/json' },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? 'no content type',
      text: await response.text(),
    };
  } catch (error) {
    throw unreachable(error, url, timeoutMs);
  }
}

/**
 * Asks a subgraph over HTTP.
 * Rejects with a UserError that says what to do when nothing answers in time, or what answers is not GraphQL.
 */
export async function askSubgraph(
  settings: AskSettings,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<SubgraphAnswer> {
  const start = performance.now();
  const answer = await post(settings, JSON.stringify({ query, variables }));
  const milliseconds = performance.now() - start;
  const { status, contentType, text } = answer;
  const body = parseJson(text);
  if (!isRecord(body) || !('data' in body || 'errors' in body)) {
    throw notGraphQL(settings.url, answer);
  }
  const errors = Array.isArray(body['errors']) ? body['errors'].filter(isError) : [];
  if (status >= 500) {
    throw new UserError(
      `${settings.url} answers with status ${status} (${errors.map(({ message }) => message).join('; ')}): an error of one field or record must come with status 200, in "errors"; see the log of your server`,
    );
  }
  return { data: isRecord(body['data']) ? body['data'] : null, errors, contentType, milliseconds };
}

const isError = (error: unknown): error is { message: string } =>
  isRecord(error) && typeof error['message'] === 'string';

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreachable(error: unknown, url: string, timeoutMs: number): UserError {
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return new UserError(
      `${url} did not answer within ${timeoutMs} ms: find out what it waits for, or give it longer with --timeout`,
    );
  }
  const { cause } = error as { cause?: { code?: string } };
  const reason = cause?.code ?? String(error);
  const what =
    reason === 'ECONNREFUSED'
      ? 'nothing listens there: start the subgraph, or correct --url'
      : 'it can not be reached from here: correct --url, and see whether the server runs';
  return new UserError(`${url} does not answer (${reason}): ${what}`);
}

function notGraphQL(url: string, { status, contentType, text }: HttpAnswer): UserError {
  const begin = text.trim().slice(0, 60).replaceAll(/\s+/g, ' ');
  const what = /^\s*</.test(text)
    ? 'that is a web page: --url must be the GraphQL endpoint, which often ends in /graphql'
    : 'a GraphQL answer is a JSON object with "data" or "errors"';
  return new UserError(`${url} answers with status ${status}, ${contentType}: "${begin}"; ${what}`);
}
