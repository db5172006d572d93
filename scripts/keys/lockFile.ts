import { rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../../subgraphs/shared/UserError.ts';

/** What is done under a lock takes milliseconds: one that is older was left behind. */
const STALE_AFTER_MS = 10_000;
const PATIENCE_MS = 30_000;

/**
 * Does `work` while no other process does work under the same lock: one at a time.
 * @throws UserError when the lock can't be had.
 */
export async function withLock<T>(lock: string, work: () => Promise<T>): Promise<T> {
  const patience = Date.now() + PATIENCE_MS;
  while (!(await tryLock(lock))) {
    if (await isStale(lock)) await breakLock(lock);
    if (Date.now() > patience) {
      throw new UserError(
        `another process keeps ${lock}: if there is none, remove that file, and ${lock}.break too`,
      );
    }
    await delay(20);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function tryLock(lock: string) {
  try {
    await writeFile(lock, `${process.pid}`, { flag: 'wx' });
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') return false;
    throw new UserError(`can't write ${lock} (${String(code)}): its folder must be writable`, [], {
      cause: error,
    });
  }
}

/** Takes away what was left behind. One at a time and looking again, or two could break each other's new lock. */
async function breakLock(lock: string) {
  const breaking = `${lock}.break`;
  if (!(await tryLock(breaking))) return;
  try {
    if (await isStale(lock)) await rm(lock, { force: true });
  } finally {
    await rm(breaking, { force: true });
  }
}

async function isStale(lock: string) {
  try {
    return Date.now() - (await stat(lock)).mtimeMs > STALE_AFTER_MS;
  } catch {
    return false; // it has just been given back
  }
}
