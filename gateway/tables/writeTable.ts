import type { Row } from './Column.ts';
import type { TableFormat } from './formats/TableFormat.ts';
import type { PageBegin, TablePage } from './pagesOf.ts';
import type { Table } from './Table.ts';
import { rowsOf } from './rowsOf.ts';

/** A part of a table as it is sent, and how it stands after it. */
export interface TablePart {
  bytes: Uint8Array;
  /** Rows so far. */
  rows: number;
  /** Where the next page begins, if there is one. */
  next: string | undefined;
}

/** So many rows are written at a time: between them others have their turn. */
const ROWS_AT_ONCE = 2_000;

/** Gives the pages of one list, the first of which begins there. */
export type FollowPages = (begin: PageBegin) => AsyncIterable<TablePage>;

/**
 * Writes a table as its pages come; a page is asked for when the one before was taken. When one fails, the last part
 * says so in the format, and then the error is thrown.
 */
export async function* writeTable(
  table: Table,
  format: TableFormat,
  pages: AsyncIterable<TablePage>,
  follow: FollowPages,
  describe: (error: unknown) => string,
): AsyncGenerator<TablePart> {
  const writer = format.write(table.columns);
  let rows = 0;
  let next: string | undefined;
  let isBegun = false;
  const part = (text: string | Uint8Array): TablePart => {
    const bytes = typeof text === 'string' ? Buffer.from(text) : text;
    return { bytes, rows, next };
  };
  try {
    for await (const page of pages) {
      next = page.next;
      if (!isBegun) yield part(writer.begin());
      isBegun = true;
      for await (const some of wholeRowsOf(table, page, follow)) {
        rows += some.length;
        yield part(writer.rows(some));
      }
    }
    yield part(writer.end());
  } catch (error) {
    if (isBegun) yield part(writer.fail(describe(error)));
    throw error;
  }
}

/** The rows of a page, with those of lists within them that go on beyond it. */
async function* wholeRowsOf(
  table: Table,
  page: TablePage,
  follow: FollowPages,
): AsyncGenerator<Row[]> {
  let some: Row[] = [];
  for (const found of rowsOf(table, page)) {
    if ('more' in found) {
      if (some.length) yield some;
      some = [];
      for await (const further of follow(found.more)) yield* wholeRowsOf(table, further, follow);
    } else if (some.push(found) === ROWS_AT_ONCE) {
      yield some;
      some = [];
    }
  }
  if (some.length) yield some;
}
