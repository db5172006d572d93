import { existsSync } from 'node:fs';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import type { Start } from './findStart.ts';
import { freeRefusedName, openOutput, type Output } from './openOutput.ts';
import { hashStretch, writeProgress } from './progressFile.ts';
import type { Task } from './readFlags.ts';
import type { Row, RowError } from './Row.ts';
import { addRow, emptyTally } from './Tally.ts';

/** A row with what came of it. */
export interface Outcome {
  row: Row;
  status: 'ACCEPTED' | 'ALREADY' | 'REFUSED';
  id: string | null;
  errors: readonly RowError[];
}

/** The file that a flag names: an earlier run's, as far as it got, or a new one that is not there yet. */
async function open(
  flag: string,
  name: string | undefined,
  written: { file: string; bytes: number } | null | undefined,
): Promise<Output | null> {
  if (written) return openOutput(written.file, written.bytes);
  if (!name) return null;
  if (!existsSync(name)) return openOutput(name, 0);
  throw new UserError(`--${flag} ${name} is there already: name another file.`);
}

/**
 * Keeps what comes of a file on the disk: refused rows, the report, and how far it is. Throws a UserError when a
 * file that is to be written is there already.
 * @param head What the file of refused rows begins with.
 */
export async function createKeeper(
  task: Task,
  { before, hash }: Start,
  { format, head }: { format: string; head: string },
) {
  const { file, kind, agencyId, url, dryRun } = task;
  const tally = before?.tally ?? emptyTally();
  let place = { line: before?.line ?? 1, offset: before?.offset ?? 0 };
  let refused = await open('refused', task.refusedFile, before?.refused);
  const report = await open('report', task.reportFile, before?.report);
  const keepsRefused = !dryRun || refused !== null;

  async function keepRefused(rows: string): Promise<void> {
    if (!rows || !keepsRefused) return;
    // Made with the first row, so that it is not there when none is refused.
    refused ??= await openOutput(freeRefusedName(file, format), 0);
    await refused.append((refused.bytes ? '' : head) + rows);
  }

  return {
    tally,
    get place() {
      return place;
    },
    /** Keeps a batch: what came of the rows first, then that they are done. */
    async keep(batch: readonly Outcome[]): Promise<void> {
      for (const { row, status, errors } of batch) addRow(tally, row.line, status, errors);
      const rows = batch.filter(({ status }) => status === 'REFUSED');
      await keepRefused(rows.map(({ row, errors }) => row.withErrors(errors)).join(''));
      const lines = batch.map(({ row: { line }, ...rest }) => JSON.stringify({ line, ...rest }));
      await report?.append(`${lines.join('\n')}\n`);

      const next = batch.at(-1)?.row.next ?? place;
      await hashStretch(hash, file, place.offset, next.offset);
      place = next;
      if (dryRun) return;
      await writeProgress(file, {
        kind,
        agencyId,
        url,
        ...place,
        hash: hash.copy().digest('hex'),
        tally,
        refused: refused && { file: refused.file, bytes: refused.bytes },
        report: report && { file: report.file, bytes: report.bytes },
      });
    },
    /** Closes the files; gives their names. */
    async close() {
      await refused?.close();
      await report?.close();
      return { refusedFile: refused?.file ?? null, reportFile: report?.file ?? null };
    },
  };
}
