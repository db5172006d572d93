import { z } from 'zod';
import type { RowError } from './Row.ts';

const reasonSchema = z.object({
  code: z.string(),
  field: z.string(),
  message: z.string(),
  rows: z.number(),
  firstLine: z.number(),
});

/** How many rows came to what, and why rows were refused. */
export const tallySchema = z.object({
  rows: z.number(),
  accepted: z.number(),
  already: z.number(),
  refused: z.number(),
  reasons: z.array(reasonSchema),
});

export type Tally = z.output<typeof tallySchema>;

export const emptyTally = (): Tally => ({
  rows: 0,
  accepted: 0,
  already: 0,
  refused: 0,
  reasons: [],
});

/** More sorts of reasons than anybody reads are not told apart. */
const MOST_REASONS = 100;

/** Counts a reason; those that differ in their values only count together, with the first as the example. */
function addReason({ reasons }: Tally, line: number, { code, field, message }: RowError): void {
  const sort = (text: string) => text.replace(/\d+/g, '0').replace(/"[^"]*"/g, '""');
  const known = reasons.find(
    (each) =>
      each.code === code &&
      sort(each.field) === sort(field) &&
      sort(each.message) === sort(message),
  );
  if (known) known.rows += 1;
  else if (reasons.length < MOST_REASONS) {
    reasons.push({ code, field, message, rows: 1, firstLine: line });
  }
}

/** Counts what came of one row. */
export function addRow(
  tally: Tally,
  line: number,
  status: 'ACCEPTED' | 'ALREADY' | 'REFUSED',
  errors: readonly RowError[],
): void {
  tally.rows += 1;
  tally[({ ACCEPTED: 'accepted', ALREADY: 'already', REFUSED: 'refused' } as const)[status]] += 1;
  for (const error of errors) addReason(tally, line, error);
}
