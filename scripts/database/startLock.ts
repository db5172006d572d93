import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { codeOf, unusable } from './dataFolder.ts';
import type { Log } from './Rung.ts';

const BEAT_MS = 1_000;
const STALE_AFTER_MS = 10_000;

/**
 * Lets one process at a time look for the database of a data folder, and start it: a second one waits
 * here and then finds it running. A lock whose holder was killed is broken.
 * @returns the function that gives the lock back.
 * @throws UserError when the folder can't be written to.
 */
export async function lockStart(folder: string, log: Log): Promise<() => Promise<void>> {
  const file = join(folder, 'starting.lock');
  let told = false;
  while (!(await tryLock(file, folder))) {
    if (await isStale(file)) {
      await rm(file, { force: true });
      continue;
    }
    if (!told) log('another process is just starting it; waiting');
    told = true;
    await delay(100);
  }
  // The beat shows that the holder lives: its pid alone may have been given to another process.
  const beat = setInterval(
    () => void utimes(file, new Date(), new Date()).catch(() => {}),
    BEAT_MS,
  );
  beat.unref();
  return async () => {
    clearInterval(beat);
    await rm(file, { force: true });
  };
}

async function tryLock(file: string, folder: string): Promise<boolean> {
  try {
    await writeFile(file, `${process.pid}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw unusable(folder, error);
  }
}

async function isStale(file: string): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(file);
    const age = Date.now() - mtimeMs;
    // A lock without its pid is just being written.
    const pid = Number(await readFile(file, 'utf8'));
    return age > STALE_AFTER_MS || (pid > 0 && !isAlive(pid));
  } catch {
    return false; // it has just been given back
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
