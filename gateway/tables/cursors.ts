import { isRecord } from '../../subgraphs/shared/isRecord.ts';
import { atPath } from './atPath.ts';
import type { Connection } from './readTable.ts';
import { tableFault } from './tableFault.ts';

/**
 * Where the next page of a connection begins; undefined after the last.
 * @param object One of the level above the connection.
 * @throws GraphQLError where there are more pages, and nothing tells where the next one begins.
 */
export function nextCursor(object: unknown, { page, depth }: Connection): string | undefined {
  const info = atPath(object, page);
  if (!isRecord(info) || info['hasNextPage'] !== true) return undefined;
  const { endCursor } = info;
  if (typeof endCursor === 'string') return endCursor;
  // Of one that is not followed it does not matter where.
  if (depth === undefined) return '';
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
