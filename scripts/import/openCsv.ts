import { isNonNullType, type GraphQLInputObjectType } from 'graphql';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import { checkInput } from './checkInput.ts';
import { findColumn, putAt, type Column } from './Column.ts';
import { readCellText, writeCell } from './csvCells.ts';
import { csvRecords, type CsvRecord } from './csvRecords.ts';
import { describeError, ERRORS, type Row, type RowError, type RowFile } from './Row.ts';
import { readLines } from './readLines.ts';

const BOM = '\uFEFF';
const START = { line: 1, offset: 0 };

/** Spreadsheets write commas, semicolons or tabs between cells, as their language has it. */
const DELIMITERS = [',', ';', '\t'] as const;

/** The fields of a path, places in lists counted from 1 as columns do. */
const fieldOf = (path: readonly (string | number)[]) =>
  path.map((step) => (/^\d+$/.test(String(step)) ? Number(step) + 1 : step)).join('.');

/** Lists without the places that no cell was given for. */
function withoutHoles(value: unknown): unknown {
  // `filter` and `flatMap` pass over what was never put in.
  if (Array.isArray(value)) return value.flatMap((each) => [withoutHoles(each)]);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, withoutHoles(each)]);
  return Object.fromEntries(entries);
}

interface Header {
  /** As they stand in the file. */
  names: readonly string[];
  delimiter: string;
  hasMark: boolean;
  start: { line: number; offset: number };
}

async function readHeader(file: string): Promise<Header> {
  const lines = readLines(file, START);
  const first = await lines.next();
  await lines.return(undefined);
  const bytes = first.done ? Buffer.alloc(0) : first.value.bytes;
  if (/^(\xff\xfe|\xfe\xff)/.test(bytes.toString('latin1'))) {
    throw new UserError(`${file} is UTF-16: save it as "CSV UTF-8".`);
  }
  const text = bytes.toString('utf8');
  const [delimiter] = [...DELIMITERS].sort((a, b) => text.split(b).length - text.split(a).length);
  for await (const { cells, next, problem } of csvRecords(file, START, {
    delimiter: delimiter ?? ',',
    width: null,
  })) {
    if (!cells) throw new UserError(`The header of ${file} ${problem}.`);
    const names = cells.map((cell) => cell.normalize('NFC').trim());
    return { names, delimiter: delimiter ?? ',', hasMark: text.startsWith(BOM), start: next };
  }
  throw new UserError(`${file} is empty: its first line must name the columns.`);
}

/** The column at each place of the header; null for what is not read. */
function findColumns({ names }: Header, type: GraphQLInputObjectType): (Column | null)[] {
  const columns = names.map((name) => (name === ERRORS ? null : findColumn(name, type)));
  const unknown = names.filter((name, index) => name !== ERRORS && !columns[index]);
  if (unknown.length) {
    const fields = Object.keys(type.getFields()).join(', ');
    throw new UserError(
      `There is no field for the column ${unknown.map((name) => `"${name}"`).join(', ')}.`,
      [
        `A ${type.name} has the fields ${fields}.`,
        'Fields within them are named as in measure.value, items of a list as in provenance.2.sourceId.',
      ],
    );
  }
  const paths = columns.flatMap((column) => (column ? [column.path.join('.')] : []));
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined)
    throw new UserError(`Two columns are about ${twice}: leave one of them.`);
  const missing = Object.values(type.getFields())
    .filter((field) => isNonNullType(field.type) && field.defaultValue === undefined)
    .filter((field) => columns.every((column) => column?.path[0] !== field.name));
  if (missing.length) {
    throw new UserError(`There is no column for ${missing.map(({ name }) => name).join(', ')}.`);
  }
  return columns;
}

/**
 * Opens a CSV file whose header names fields of the kind's input. Throws a UserError when the header does not
 * fit: then no row could be read.
 */
export async function openCsv(file: string, type: GraphQLInputObjectType): Promise<RowFile> {
  const header = await readHeader(file);
  const { names, delimiter, hasMark, start } = header;
  const columns = findColumns(header, type);
  const write = (cells: readonly string[], errors: string) => {
    const kept = names.map((name, index) => (name === ERRORS ? null : (cells[index] ?? '')));
    const line = [...kept.filter((cell) => cell !== null), errors];
    return `${line.map((cell) => writeCell(cell, delimiter)).join(delimiter)}\r\n`;
  };

  function toRow({ line, next, cells, text, problem }: CsvRecord): Row | null {
    if (cells?.every((cell) => !cell.trim())) return null;
    const errors: RowError[] = [];
    const refuse = (message: string, field = '') =>
      errors.push({ code: 'INVALID', message, field });
    const input = {};
    if (!cells) refuse(problem);
    else if (cells.length !== names.length) {
      const beyond = cells.slice(names.length).join(delimiter);
      refuse(
        `has ${cells.length} cells where ${names.length} are named${beyond ? `; beyond them: ${beyond}` : ''}`,
      );
    } else {
      for (const [index, column] of columns.entries()) {
        const cell = readCellText(cells[index] ?? '');
        if (!column || !cell) continue;
        const read = column.read(cell);
        if ('value' in read) putAt(input, column.path, read.value);
        else refuse(read.problem, column.name);
      }
    }
    const whole = withoutHoles(input) as Record<string, unknown>;
    const isRead = !errors.length;
    return {
      line,
      next,
      input: isRead ? whole : null,
      errors: isRead ? checkInput(whole, type, fieldOf) : errors,
      withErrors: (given) => write(cells ?? [text], given.map(describeError).join(' | ')),
    };
  }

  return {
    head: (hasMark ? BOM : '') + write(names, ERRORS),
    fieldOf,
    async *rows(from) {
      const place = from.offset ? from : start;
      for await (const record of csvRecords(file, place, { delimiter, width: names.length })) {
        const row = toRow(record);
        if (row) yield row;
      }
    },
  };
}
