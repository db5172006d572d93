import type { Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import { createMeter } from './createMeter.ts';
import { createSender, type Result } from './createSender.ts';
import { findKind, readApiSchema } from './Kind.ts';
import { openCsv } from './openCsv.ts';
import { openNdjson } from './openNdjson.ts';
import { freeRefusedName, openOutput, type Output } from './openOutput.ts';
import {
  hashBeginning,
  hashStretch,
  readProgress,
  removeProgress,
  writeProgress,
  type Progress,
} from './progressFile.ts';
import type { Task } from './readFlags.ts';
import type { Row, RowError } from './Row.ts';
import { Stopped } from './Stopped.ts';
import { addRow, emptyTally, type Tally } from './Tally.ts';

/** What came of an import. */
export interface Summary extends Tally {
  file: string;
  kind: string;
  agencyId: string;
  dryRun: boolean;
  /** Whether all of the file was read; else why not. */
  isWhole: boolean;
  stopped: string | null;
  refusedFile: string | null;
  reportFile: string | null;
}

/** A batch holds no more than this of the file, whatever the number of its rows: servers limit requests. */
const MOST_BYTES = 128 * 1024;

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => null);
  if (found?.isFile()) return found.size;
  throw new UserError(`There is no file ${file}.`);
}

function formatOf(file: string): 'csv' | 'ndjson' {
  if (/\.csv$/i.test(file)) return 'csv';
  if (/\.(ndjson|jsonl)$/i.test(file)) return 'ndjson';
  throw new UserError(`--file must end with .csv or .ndjson; got "${file}".`);
}

/** Where an earlier run of the same task ended; null to begin anew. */
async function findStart(
  task: Task,
  log: (line: string) => void,
): Promise<[Progress, Hash] | null> {
  const progress = task.restart || task.dryRun ? null : await readProgress(task.file);
  if (!progress) return null;
  const hash = await hashBeginning(task.file, progress.offset);
  const reason =
    hash.copy().digest('hex') !== progress.hash
      ? 'the file has changed since'
      : progress.kind !== task.kind ||
          progress.agencyId !== task.agencyId ||
          progress.url !== task.url
        ? 'it was for another kind, agency or address'
        : [progress.refused, progress.report].some((each) => each && !existsSync(each.file))
          ? 'what it has written is gone'
          : null;
  if (!reason) {
    log(`import: goes on at line ${progress.line}, where an earlier run was broken off`);
    return [progress, hash];
  }
  log(`import: begins anew: an earlier run was broken off, but ${reason}`);
  return null;
}

async function* inBatches(rows: AsyncIterable<Row>, most: number, start: number) {
  let batch: Row[] = [];
  let from = start;
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < most && row.next.offset - from < MOST_BYTES) continue;
    yield batch;
    from = row.next.offset;
    batch = [];
  }
  if (batch.length) yield batch;
}

/** The file of what came of each row, as far as an earlier run has written it. */
function openReport(
  { reportFile }: Task,
  written: Progress['report'] | undefined,
): Promise<Output> | null {
  if (written) return openOutput(written.file, written.bytes);
  if (!reportFile) return null;
  if (existsSync(reportFile))
    throw new UserError(`--report ${reportFile} is there already: name another file.`);
  return openOutput(reportFile, 0);
}

/**
 * Sends a file row by row, batch by batch. After each batch refused rows, report and progress are on the disk,
 * so that a run that is broken off, however that comes, can go on where it was. Throws a UserError when
 * nothing could be sent at all.
 * @param signal Ends it after the batch that is under way.
 */
export async function importFile(
  task: Task,
  { log, signal }: { log(line: string): void; signal: AbortSignal },
): Promise<Summary> {
  const { file, agencyId, dryRun } = task;
  const format = formatOf(file);
  const size = await sizeOf(file);
  const kind = findKind(readApiSchema(), task.kind);
  const source = format === 'csv' ? await openCsv(file, kind.input) : openNdjson(file, kind.input);
  const send = createSender({ ...task, kind, log, signal });
  const found = await findStart(task, log);
  const [before, hash] = found ?? [null, await hashBeginning(file, 0)];
  if (!before?.refused && task.refusedFile && existsSync(task.refusedFile)) {
    throw new UserError(`--refused ${task.refusedFile} is there already: name another file.`);
  }

  const tally = before?.tally ?? emptyTally();
  let place = { line: before?.line ?? 1, offset: before?.offset ?? 0 };
  let refused = before?.refused
    ? await openOutput(before.refused.file, before.refused.bytes)
    : null;
  const report = await openReport(task, before?.report);
  const keepsRefused = !dryRun || task.refusedFile !== undefined;

  /** Keeps what came of a batch: outputs first, then how far it is. */
  async function keep(
    batch: readonly Row[],
    outcomes: readonly (Result & { errors: RowError[] })[],
  ) {
    let refusedText = '';
    let reportText = '';
    for (const [index, row] of batch.entries()) {
      const { status, id, errors } = outcomes[index] ?? { status: 'REFUSED', id: null, errors: [] };
      addRow(tally, row.line, status, errors);
      if (status === 'REFUSED') refusedText += row.withErrors(errors);
      if (report) reportText += `${JSON.stringify({ line: row.line, status, id, errors })}\n`;
    }
    if (refusedText && keepsRefused) {
      const isNew = !refused;
      refused ??= await openOutput(task.refusedFile ?? freeRefusedName(file, format), 0);
      await refused.append((isNew ? source.head : '') + refusedText);
    }
    await report?.append(reportText);
    const { next } = batch.at(-1) ?? { next: place };
    await hashStretch(hash, file, place.offset, next.offset);
    place = next;
    if (dryRun) return;
    await writeProgress(file, {
      kind: task.kind,
      agencyId,
      url: task.url,
      ...place,
      hash: hash.copy().digest('hex'),
      tally,
      refused: refused && { file: refused.file, bytes: refused.bytes },
      report: report && { file: report.file, bytes: report.bytes },
    });
  }

  async function run(batch: readonly Row[]) {
    const good = batch.filter(({ errors }) => !errors.length);
    const results = good.length ? await send(good.map(({ input }) => input)) : [];
    const byRow = new Map(good.map((row, index) => [row, results[index]]));
    const outcomes = batch.map((row) => {
      const result = byRow.get(row) ?? { status: 'REFUSED' as const, id: null, userErrors: [] };
      const found = result.userErrors.map(({ code, message, path: [, , ...within] }) => ({
        code,
        message,
        field: source.fieldOf(within),
      }));
      return { ...result, errors: [...row.errors, ...found] };
    });
    await keep(batch, outcomes);
  }

  const meter = createMeter(place.offset, size, tally.rows, log);
  let stopped: string | null = null;
  try {
    // Whether it may at all is asked before the first row; whether the server is there, too.
    await send([]);
    for await (const batch of inBatches(source.rows(place), task.batch, place.offset)) {
      if (signal.aborted) throw new Stopped('it was told to stop');
      await run(batch);
      meter(tally, place.offset);
    }
    if (!dryRun) await removeProgress(file);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    stopped = error.message;
  } finally {
    await refused?.close();
    await report?.close();
  }
  return {
    file,
    kind: task.kind,
    agencyId,
    dryRun,
    isWhole: stopped === null,
    stopped,
    ...tally,
    refusedFile: refused?.file ?? null,
    reportFile: report?.file ?? null,
  };
}
