import { parse } from 'csv-parse/sync';
import { decode, NOT_UTF8 } from './decode.ts';
import { readLines, type Line } from './readLines.ts';

/** A row of cells; when it can't be read, its line as it is. */
export interface CsvRecord {
  line: number;
  next: { line: number; offset: number };
  cells: readonly string[] | null;
  text: string;
  problem: string;
}

/** A row goes on in the next line when a cell with a line break is quoted; so many lines at most. */
const MOST_LINES = 200;
const LONGEST_BYTES = 262_144;
const QUOTE = 0x22;

function countQuotes(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(QUOTE); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) count += 1;
  return count;
}

type Cells = { cells: string[] } | { problem: string };

/** The cells of one row. The quotes of a row are even in number: each is closed, or doubled. */
function split(text: string, delimiter: string): Cells {
  try {
    const [cells = []] = parse(text, { delimiter, relax_column_count: true });
    return { cells };
  } catch {
    return {
      problem:
        'has a quotation mark in the wrong place: put cells with quotes between quotes, and double those within',
    };
  }
}

/**
 * Reads the rows of a CSV file. A quote that is never closed would swallow the rows behind it: then only its
 * line is refused, and the next line begins a row.
 * @param width How many cells a row has; null for the header.
 */
export async function* csvRecords(
  file: string,
  from: { line: number; offset: number },
  { delimiter, width }: { delimiter: string; width: number | null },
): AsyncGenerator<CsvRecord> {
  const lines = readLines(file, from);
  const ahead: Line[] = [];
  const next = async (): Promise<Line | null> => {
    const back = ahead.shift();
    if (back) return back;
    const read = await lines.next();
    return read.done ? null : read.value;
  };

  try {
    for (let first = await next(); first; first = await next()) {
      const taken = [first];
      let quotes = countQuotes(first.bytes);
      let length = first.bytes.length;
      while (quotes % 2 && taken.length < MOST_LINES && length < LONGEST_BYTES) {
        const more = await next();
        if (!more) break;
        taken.push(more);
        quotes += countQuotes(more.bytes);
        length += more.bytes.length;
      }
      let read = readRecord(taken, quotes, delimiter);
      if (taken.length > 1 && ('problem' in read || (width && read.cells.length !== width))) {
        ahead.unshift(...taken.splice(1));
        read = readRecord(taken, countQuotes(first.bytes), delimiter);
      }
      const last = taken.at(-1) ?? first;
      yield {
        line: first.number,
        next: { line: last.number + 1, offset: last.end },
        cells: 'cells' in read ? read.cells : null,
        text: first.bytes.toString('utf8').trimEnd(),
        problem: 'problem' in read ? read.problem : '',
      };
    }
  } finally {
    // Closes the file, however this ends.
    await lines.return(undefined);
  }
}

function readRecord(lines: readonly Line[], quotes: number, delimiter: string): Cells {
  if (lines.some(({ isCut }) => isCut)) return { problem: 'is longer than 1 MB' };
  const text = decode(Buffer.concat(lines.map(({ bytes }) => bytes)));
  if (text === null) return { problem: NOT_UTF8.message };
  if (quotes % 2) return { problem: 'has a quotation mark that is not closed' };
  // An empty line is no record to the parser.
  return text.trim() ? split(text, delimiter) : { cells: [] };
}
