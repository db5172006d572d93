import { UserError } from '../../subgraphs/shared/UserError.ts';
import { guardedDatabase, type Database } from './Database.ts';
import { joinGuarded } from './guarded.ts';
import { endProcess, isRunning } from './processes.ts';
import { readRecord } from './record.ts';
import type { Log } from './Rung.ts';
import { withClient } from './withClient.ts';

/** How long a database that is just being stopped may take before we stop it. */
const PATIENCE_MS = 3_000;

/**
 * Holds the database that another process has started on the same data folder.
 * @returns null when there is none; then none is left there that would keep its files locked.
 * @throws UserError when there is one that does not answer.
 */
export async function joinRunning(folder: string, log: Log): Promise<Database | null> {
  const record = await readRecord(folder);
  if (!record || !(await isRunning(record.pid, record.storage))) return null;

  const guarded = await joinGuarded(record.guardPort, record.pid);
  if (!guarded) {
    log('an earlier one is still there; waiting until it has stopped');
    await endProcess(record.pid, record.storage, PATIENCE_MS);
    return null;
  }
  try {
    await withClient(record.uri, (client) => client.db('admin').command({ ping: 1 }));
  } catch (error) {
    await guarded.release();
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`the database of ${folder} runs (pid ${record.pid}) but fails: ${reason}`, [
      'Stop the other commands that use this data folder, then try again.',
    ]);
  }
  log(`${record.rung}, already running on ${record.storage}`);
  return guardedDatabase(guarded, record);
}
