import { isRecord } from '../../subgraphs/shared/isRecord.ts';
import { atPath } from './atPath.ts';
import type { Cell, Row } from './Column.ts';
import { EACH, type Level, type Table } from './readTable.ts';
import { tableFault } from './tableFault.ts';

/**
 * Gives the rows of one answer. What has an empty list where rows come from has one row with nulls for it, so that
 * nothing is lost; where there is nothing around the list, there is no row.
 * @param data The data of the answer.
 * @throws GraphQLError where a list within a row has more items than were asked for.
 */
export function* rowsOf({ root, columns }: Table, data: unknown): Generator<Row> {
  const row: Cell[] = columns.map(() => null);
  yield* rowsOfLevel(root, data, row, false);
}

function* rowsOfLevel(
  level: Level,
  object: unknown,
  row: Cell[],
  hasCells: boolean,
): Generator<Row> {
  for (const { column, path } of level.cells) row[column] = valueAt(object, path, 0);
  const { below } = level;
  if (!below) {
    yield [...row];
    return;
  }
  const page = below.connection && atPath(object, below.connection);
  if (isRecord(page) && page['hasNextPage'] === true) {
    throw tableFault(
      'TABLE_LIST_TOO_LONG',
      `A list \`${below.label}\` within a row has more items than fit in one page: ask for it in an operation in which it is the outermost list, or say with \`first\` how many you want.`,
    );
  }
  const around = hasCells || level.cells.length > 0;
  const items = listAt(object, below.path);
  for (const item of items) yield* rowsOfLevel(below.level, item, row, around);
  if (items.length === 0 && around) {
    clear(below.level, row);
    yield [...row];
  }
}

function clear({ cells, below }: Level, row: Cell[]) {
  for (const { column } of cells) row[column] = null;
  if (below) clear(below.level, row);
}

function listAt(object: unknown, path: readonly string[]): readonly unknown[] {
  const at = atPath(object, path);
  // Of what a subgraph could not say, an error tells; here it is nothing.
  return Array.isArray(at) ? at.filter((item) => item !== null) : [];
}

function valueAt(object: unknown, path: readonly string[], from: number): Cell {
  let at = object;
  for (let index = from; index < path.length; index += 1) {
    const key = path[index] as string;
    if (key === EACH) {
      return Array.isArray(at) ? at.map((item) => valueAt(item, path, index + 1)) : null;
    }
    at = isRecord(at) ? at[key] : undefined;
  }
  return toCell(at);
}

function toCell(value: unknown): Cell {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  // Lists of values; and values of scalars that are objects, which only their text can stand for.
  return Array.isArray(value) ? value.map(toCell) : JSON.stringify(value);
}
