import { describeEnding, type Guarded } from './guarded.ts';
import { endProcess } from './processes.ts';
import type { DatabaseRecord } from './record.ts';

/** A database that speaks MongoDB's protocol, for as long as this process holds it. */
export interface Database {
  uri: string;
  /** Which rung of the ladder it stands on. */
  rung: string;
  /** Resolves, with one line that says why, when the database ends although `close` was not called. */
  exited: Promise<string>;
  /** Lets go of it: a database that we started stops, unless another process still uses it. */
  close(): Promise<void>;
}

/** A promise that never resolves. */
export const never = new Promise<never>(() => {});

/** Lets go of a database; when nobody else holds it, it is gone afterwards, with its guard or without. */
export async function releaseDatabase(guarded: Guarded, storage: string): Promise<void> {
  const ending = await guarded.release();
  if (ending) await endProcess(guarded.pid, storage);
}

/** The database that a guard runs for us. */
export function guardedDatabase(
  guarded: Guarded,
  { rung, pid, uri, storage }: DatabaseRecord,
): Database {
  let closing: Promise<void> | undefined;

  return {
    uri,
    rung,
    exited: guarded.ended.then(async (ending) => {
      if (closing) return never;
      // When it is the guard that was killed, its database is still there.
      await endProcess(pid, storage);
      return `the database (${rung}, pid ${pid}) is gone: ${describeEnding(ending)}`;
    }),
    close: () => (closing ??= releaseDatabase(guarded, storage)),
  };
}
