import type { Row } from './Column.ts';
import type { TableFormat } from './formats/TableFormat.ts';
import type { TablePage } from './pagesOf.ts';
import type { Table } from './readTable.ts';
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

/**
 * Writes a table as its pages come; a page is asked for when the one before was taken. When one fails, the last part
 * says so in the format, and then the error is thrown.
 */
export async function* writeTable(
  table: Table,
  format: TableFormat,
  pages: AsyncIterable<TablePage>,
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
      for (const some of inParts(rowsOf(table, page.data), ROWS_AT_ONCE)) {
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

function* inParts(rows: Iterable<Row>, size: number): Generator<Row[]> {
  let some: Row[] = [];
  for (const row of rows) {
    some.push(row);
    if (some.length < size) continue;
    yield some;
    some = [];
  }
  if (some.length) yield some;
}
