/** Something that is wrong with a row, in the words of the file. */
export interface RowError {
  code: string;
  /** What to do about it. */
  message: string;
  /** The column or field, such as `measure.value`; empty for the row as a whole. */
  field: string;
}

/** One row of a file, right or wrong. */
export interface Row {
  /** The line that it begins on, from 1. */
  line: number;
  /** The line and the byte that the next row begins on. */
  next: { line: number; offset: number };
  /** What it says, as the input of the kind's mutation; null when it can't be read. */
  input: Record<string, unknown> | null;
  errors: RowError[];
  /** The row with a column or field `_errors`, in the format of the file. */
  withErrors(errors: readonly RowError[]): string;
}

/** A file of rows. */
export interface RowFile {
  /** What is written before the first row: the header of a CSV file. */
  head: string;
  /** The rows from a place on, one after another. */
  rows(from: { line: number; offset: number }): AsyncGenerator<Row>;
  /** How the file names a field of the input. */
  fieldOf(path: readonly (string | number)[]): string;
}

/** The column or field with what was wrong; it is not read when a file is sent again. */
export const ERRORS = '_errors';

/** An error in one line, such as `measure.value: must be a number (INVALID)`. */
export const describeError = ({ code, message, field }: RowError) =>
  `${field ? `${field}: ` : ''}${message} (${code})`;
