import type { Column, Row } from '../Column.ts';

/** Writes one table, piece by piece. */
export interface TableWriter {
  begin(): string | Uint8Array;
  rows(rows: readonly Row[]): string | Uint8Array;
  end(): string | Uint8Array;
  /** What a reader finds in the place of the rest when that can't be had. */
  fail(message: string): string | Uint8Array;
}

/** A form in which tables are taken away. */
export interface TableFormat {
  /** The end of its addresses, without a dot. */
  extension: string;
  mediaType: string;
  write(columns: readonly Column[]): TableWriter;
}
