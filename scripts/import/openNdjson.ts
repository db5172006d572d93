import type { GraphQLInputObjectType } from 'graphql';
import { isRecord } from '../../subgraphs/shared/isRecord.ts';
import { checkInput } from './checkInput.ts';
import { decode, NOT_UTF8 } from './decode.ts';
import { readLines, type Line } from './readLines.ts';
import { describeError, ERRORS, type Row, type RowError, type RowFile } from './Row.ts';

/** Holds a line that is no JSON object, in the file of refused rows. */
const UNREADABLE = '_line';

const fieldOf = (path: readonly (string | number)[]) => path.join('.');

const write = (value: Record<string, unknown>, errors: readonly RowError[]) =>
  `${JSON.stringify({ ...value, [ERRORS]: errors.map(describeError) })}\n`;

function readInput(text: string): { value: Record<string, unknown> } | { problem: string } {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value)) return { problem: 'must be a JSON object, one on each line' };
    if (!(UNREADABLE in value)) return { value };
    return { problem: `put the mended row in the place of this one, without ${UNREADABLE}` };
  } catch (error) {
    return { problem: `is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function toRow({ number, bytes, end, isCut }: Line, type: GraphQLInputObjectType): Row | null {
  const row = { line: number, next: { line: number + 1, offset: end } };
  const decoded = decode(bytes);
  const text = (decoded ?? bytes.toString('utf8')).trim();
  if (!text) return null;
  const unreadable = (error: Omit<RowError, 'code' | 'field'>): Row => ({
    ...row,
    input: null,
    errors: [{ ...error, code: 'INVALID', field: '' }],
    withErrors: (errors) => write({ [UNREADABLE]: text.slice(0, 100_000) }, errors),
  });
  if (isCut) return unreadable({ message: 'is longer than 1 MB' });
  if (decoded === null) return unreadable(NOT_UTF8);
  const read = readInput(text);
  if ('problem' in read) return unreadable({ message: read.problem });
  const { [ERRORS]: _errors, ...input } = read.value;
  return {
    ...row,
    input,
    errors: checkInput(input, type, fieldOf),
    withErrors: (errors) => write(input, errors),
  };
}

/** Opens a file with one input of the kind on each line, as a JSON object. */
export function openNdjson(file: string, type: GraphQLInputObjectType): RowFile {
  return {
    head: '',
    fieldOf,
    async *rows(from) {
      for await (const line of readLines(file, from)) {
        const row = toRow(line, type);
        if (row) yield row;
      }
    },
  };
}
