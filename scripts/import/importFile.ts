import { stat } from 'node:fs/promises';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import { createKeeper, type Outcome } from './createKeeper.ts';
import { createMeter } from './createMeter.ts';
import { createSender, type Result } from './createSender.ts';
import { findStart } from './findStart.ts';
import { findKind, readApiSchema } from './Kind.ts';
import { openCsv } from './openCsv.ts';
import { openNdjson } from './openNdjson.ts';
import { removeProgress } from './progressFile.ts';
import type { Task } from './readFlags.ts';
import type { Row, RowFile } from './Row.ts';
import { Stopped } from './Stopped.ts';
import type { Tally } from './Tally.ts';

/** What came of an import. */
export interface Summary extends Tally {
  file: string;
  kind: string;
  agencyId: string;
  dryRun: boolean;
  /** Whether all of the file was read; else `stopped` says why not. */
  isWhole: boolean;
  stopped: string | null;
  refusedFile: string | null;
  reportFile: string | null;
}

/** A batch holds no more of the file than this, whatever the number of its rows: servers limit requests. */
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

/** What came of a row: refused for what is wrong with it here, or as the server says. */
function toOutcome(row: Row, result: Result | undefined, { fieldOf }: RowFile): Outcome {
  if (!result) return { row, status: 'REFUSED', id: null, errors: row.errors };
  const { status, id, userErrors } = result;
  // The path begins with the list and the place in it.
  const errors = userErrors.map(({ code, message, path: [, , ...within] }) => ({
    code,
    message,
    field: fieldOf(within),
  }));
  return { row, status, id, errors };
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
  const start = await findStart(task, log);
  // Whether it may at all is asked before the first row.
  let stopped = await stoppedBy(async () => void (await send([])));
  const keeper = await createKeeper(task, start, { format, head: source.head });
  const { tally, place } = keeper;
  const meter = createMeter(place.offset, size, tally.rows, log);

  stopped ??= await stoppedBy(async () => {
    for await (const batch of inBatches(source.rows(place), task.batch, place.offset)) {
      if (signal.aborted) throw new Stopped('it was told to stop');
      const good = batch.filter(({ errors }) => !errors.length);
      const results = good.length ? await send(good.map(({ input }) => input)) : [];
      const byRow = new Map(good.map((row, index) => [row, results[index]]));
      await keeper.keep(batch.map((row) => toOutcome(row, byRow.get(row), source)));
      meter(tally, keeper.place.offset);
    }
    if (!dryRun) await removeProgress(file);
  });
  const files = await keeper.close();
  const isWhole = stopped === null;
  return { file, kind: task.kind, agencyId, dryRun, isWhole, stopped, ...tally, ...files };
}

/** Why work could not go on; null when it was done. */
async function stoppedBy(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof Stopped) return error.message;
    throw error;
  }
}
