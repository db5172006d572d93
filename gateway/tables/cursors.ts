import { isRecord } from '../../subgraphs/shared/isRecord.ts';
import { atPath } from './atPath.ts';
import type { Connection } from './Table.ts';
import { tableFault } from './tableFault.ts';

/**
 * Whether a connection has more pages.
 * @param object One of the level above the connection.
 */
export function hasNext(object: unknown, { page }: Connection): boolean {
  const info = atPath(object, page);
  return isRecord(info) && info['hasNextPage'] === true;
}

/**
 * Where the next page of a connection begins; undefined after the last.
 * @throws GraphQLError where there are more pages, and nothing tells where the next one begins.
 */
export function nextCursor(object: unknown, connection: Connection): string | undefined {
  if (!hasNext(object, connection)) return undefined;
  const cursor = atPath(object, [...connection.page, 'endCursor']);
  if (typeof cursor === 'string') return cursor;
  throw tableFault(
    'TABLE_PAGE_REPEATED',
    'The list has more pages, but does not say where the next one begins.',
    502,
  );
}

/** The cursor of an item of a connection, by its edges; undefined where they don't tell. */
export function cursorAt(edges: unknown, index: number): string | undefined {
  const edge: unknown = Array.isArray(edges) ? edges[index] : undefined;
  return isRecord(edge) && typeof edge['cursor'] === 'string' ? edge['cursor'] : undefined;
}
