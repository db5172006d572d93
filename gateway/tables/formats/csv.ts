import { stringify } from 'csv-stringify/sync';
import type { Cell } from '../Column.ts';
import type { TableFormat } from './TableFormat.ts';

/**
 * Comma-separated values (RFC 4180) that spreadsheets open as they are: with a byte order mark, so that Vietnamese marks
 * come right, and with an apostrophe before text that a spreadsheet would take for a formula.
 */
export const csv: TableFormat = {
  extension: 'csv',
  mediaType: 'text/csv; charset=utf-8',
  write: (columns) => ({
    begin: () => `\uFEFF${line([columns.map(({ name }) => name)])}`,
    rows: (rows) => line(rows.map((row) => row.map((cell) => toText(cell)))),
    end: () => '',
    fail: (message) => line([[`#ERROR: ${message} This file is not complete.`]]),
  }),
};

const line = (rows: readonly (readonly (string | number)[])[]) =>
  stringify(rows as (string | number)[][], { record_delimiter: 'windows', escape_formulas: true });

/** Several values in one cell have semicolons between them, and values in these commas. */
export function toText(cell: Cell, separator = '; '): string | number {
  if (cell === null) return '';
  if (typeof cell === 'boolean') return String(cell);
  if (typeof cell !== 'object') return cell;
  return cell.map((each) => toText(each, ', ')).join(separator);
}
