import { unwatchFile, watchFile, type Stats } from 'node:fs';

/** What a file says at the moment. */
export interface WatchedContent<T> {
  current(): T;
  close(): void;
}

export interface WatchLog {
  info(details: object, message: string): void;
  error(details: object, message: string): void;
}

// By its name and by looking: notices of the file system follow a file that was renamed away.
const INTERVAL_MS = 500;

/**
 * Reads `file` and again whenever it changes. Rejects when it is no good at first; later on the last good
 * content stays, and the fault is logged.
 */
export async function watchContent<T>(
  file: string,
  read: (file: string) => Promise<T>,
  log: WatchLog,
): Promise<WatchedContent<T>> {
  let readings = 0;
  const reread = async () => {
    const reading = (readings += 1);
    try {
      const content = await read(file);
      // The one that began last knows best.
      if (reading === readings) current = content;
      log.info({ file }, 'a changed file was read');
    } catch (error) {
      log.error(
        { file, err: error },
        'a changed file is no good: what it said before still counts',
      );
    }
  };
  const listener = (now: Stats, before: Stats) => {
    // Of a file that is not there it is told once, though nothing has changed.
    if (now.ino || before.ino) void reread();
  };
  // Before the first reading, so that no change falls between the two.
  watchFile(file, { interval: INTERVAL_MS, persistent: false }, listener);
  const close = () => unwatchFile(file, listener);
  let current: T;
  try {
    current = await read(file);
  } catch (error) {
    close();
    throw error;
  }
  return { current: () => current, close };
}
