import type { Column, Row } from '../Column.ts';
import type { TableFormat } from './TableFormat.ts';

/** One JSON object to a line. */
export const ndjson: TableFormat = {
  extension: 'ndjson',
  mediaType: 'application/x-ndjson; charset=utf-8',
  write: (columns) => ({
    begin: () => '',
    rows: (rows) => rows.map((row) => `${toJson(row, columns)}\n`).join(''),
    end: () => '',
    fail: (message) => `${JSON.stringify({ error: message, isComplete: false })}\n`,
  }),
};

/** A row as a JSON object, by the names of columns. */
export const toJson = (row: Row, columns: readonly Column[]): string =>
  JSON.stringify(Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])));
