import { isRecord } from '../../subgraphs/shared/isRecord.ts';
import { atPath } from './atPath.ts';
import type { Cell, Row } from './Column.ts';
import { cursorAt, hasNext, nextCursor } from './cursors.ts';
import type { ItemPlace, PageBegin, TablePage } from './pagesOf.ts';
import { EACH, type Level, type Table } from './Table.ts';
import { tableFault } from './tableFault.ts';

/** In the place of rows: a list within a row goes on, on a page that begins here. */
export interface More {
  more: PageBegin;
}

/**
 * Gives the rows of one page, and where the rows of lists that go on belong. What has an empty list where rows come
 * from has one row with nulls for it, so that nothing is lost; where there is nothing around the list, there is no row.
 * @throws GraphQLError where a list within a row has more items than fit in a page, and can't be followed.
 */
export function* rowsOf({ root, columns }: Table, page: TablePage): Generator<Row | More> {
  const row: Cell[] = columns.map(() => null);
  yield* rowsOfLevel(root, page.data, { page, row, hasCells: false, items: [] });
}

interface Around {
  page: TablePage;
  /** What is known of the row. */
  row: Cell[];
  hasCells: boolean;
  /** Where the items are that led here. */
  items: readonly ItemPlace[];
}

function* rowsOfLevel(level: Level, object: unknown, around: Around): Generator<Row | More> {
  const { page, row, items } = around;
  for (const { column, path } of level.cells) row[column] = valueAt(object, path, 0);
  const { below } = level;
  if (!below) {
    yield [...row];
    return;
  }
  const { connection } = below;
  const goesOn = connection && hasNext(object, connection);
  const isFollowable =
    connection?.depth !== undefined && items.every(({ cursor }) => cursor !== undefined);
  if (goesOn && !isFollowable) {
    throw tableFault(
      'TABLE_LIST_TOO_LONG',
      `A list \`${below.label}\` within a row has more items than fit in one page, and nothing tells where the next one begins: ask for it in an operation in which it is the outermost list, or say with \`first\` how many you want.`,
    );
  }
  const { begin } = page;
  const depth = connection?.depth ?? Infinity;
  const start = depth === begin.items.length ? begin.after : begin.items[depth]?.after;
  const edges = connection?.cursors && atPath(object, connection.cursors);
  const hasCells = around.hasCells || level.cells.length > 0;
  let isEmpty = true;
  for (const [index, item] of listAt(object, below.path).entries()) {
    // Of what a subgraph could not say, an error tells; here it is nothing.
    if (item === null) continue;
    isEmpty = false;
    const place = {
      after: index > 0 ? cursorAt(edges, index - 1) : start,
      cursor: cursorAt(edges, index),
    };
    yield* rowsOfLevel(below.level, item, { page, row, hasCells, items: [...items, place] });
  }
  // A page after the first may be empty, if something was taken away meanwhile.
  const isFirst =
    depth > begin.items.length || (depth === begin.items.length && start === undefined);
  if (isEmpty && hasCells && isFirst) {
    clear(below.level, row);
    yield [...row];
  }
  // Of the lists around the page, others tell whether they go on.
  if (goesOn && depth > begin.items.length) {
    yield { more: { items, after: nextCursor(object, connection) } };
  }
}

function clear({ cells, below }: Level, row: Cell[]) {
  for (const { column } of cells) row[column] = null;
  if (below) clear(below.level, row);
}

function listAt(object: unknown, path: readonly string[]): readonly unknown[] {
  const at = atPath(object, path);
  return Array.isArray(at) ? at : [];
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
