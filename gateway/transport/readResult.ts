import type { GraphQLFormattedError } from 'graphql';
import { isRecord } from '../../subgraphs/shared/isRecord.ts';
import { shortError } from '../../subgraphs/shared/shortError.ts';
import type { SubgraphResult } from './Transport.ts';

/** More errors of one answer are not looked at. */
const ERRORS = 1_000;
const EXTENSIONS_CHARACTERS = 8_000;
const DEPTH = 250;

/** The GraphQL answer in `text`; undefined when there is none. */
export function readResult(text: string): SubgraphResult | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(body)) return undefined;

  const { data, errors } = body;
  if (errors !== undefined && errors !== null && !Array.isArray(errors)) return undefined;
  const listed: unknown[] = errors ?? [];
  if (!listed.every(isError)) return undefined;
  const told = listed.slice(0, ERRORS).map(tamed);
  if (isRecord(data)) {
    if (!isShallow(data, DEPTH)) return undefined;
    return { data, errors: told.length > 0 ? told : undefined };
  }
  return (data === null || data === undefined) && told.length > 0
    ? { data, errors: told }
    : undefined;
}

function isError(error: unknown): error is GraphQLFormattedError {
  return (
    isRecord(error) &&
    typeof error['message'] === 'string' &&
    (error['path'] === undefined || error['path'] === null || isPath(error['path']))
  );
}

function isPath(path: unknown) {
  return (
    Array.isArray(path) && path.every((step) => typeof step === 'string' || Number.isInteger(step))
  );
}

/** Of an error, what may go on to clients: no page of HTML, no load of details. */
function tamed({ message, path, extensions }: GraphQLFormattedError): GraphQLFormattedError {
  const isPage = /<(!doctype|html|body)\b/i.test(message);
  return shortError({
    message: isPage ? 'The subgraph gave no reason.' : message,
    path: path ?? undefined,
    extensions: isRecord(extensions) ? smallExtensions(extensions) : undefined,
  });
}

function smallExtensions(extensions: Record<string, unknown>) {
  const isSmall =
    isShallow(extensions, DEPTH) && JSON.stringify(extensions).length <= EXTENSIONS_CHARACTERS;
  const { code } = extensions;
  return isSmall ? extensions : typeof code === 'string' ? { code: code.slice(0, 100) } : {};
}

/** Whether nothing is nested deeper than `depth`: deeper ones could not be written again. */
function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  if (Array.isArray(value)) return value.every((item) => isShallow(item, depth - 1));
  for (const key in value) {
    if (!isShallow(Reflect.get(value, key), depth - 1)) return false;
  }
  return true;
}
