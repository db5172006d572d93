import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';

/** A file that is only added to. */
export interface Output {
  readonly file: string;
  /** How long it is. */
  readonly bytes: number;
  /** Adds to it, and keeps that through a loss of power. */
  append(text: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a file at a length: what an interrupted run wrote behind it goes away.
 * @param bytes 0 for a new file, which must not be there yet.
 */
export async function openOutput(file: string, bytes: number): Promise<Output> {
  const handle = await open(file, bytes ? 'r+' : 'wx');
  await handle.truncate(bytes);
  let length = bytes;
  return {
    file,
    get bytes() {
      return length;
    },
    async append(text) {
      const { bytesWritten } = await handle.write(text, length);
      length += bytesWritten;
      await handle.datasync();
    },
    close: () => handle.close(),
  };
}

/**
 * A name for the refused rows of a file that no file has: nothing that somebody mends is written over.
 * `a.csv` leads to `a.csv.refused.csv`, and that to `a.csv.refused-2.csv`.
 */
export function freeRefusedName(file: string, format: string): string {
  const base = file.replace(/\.refused(-\d+)?\.(csv|ndjson)$/, '');
  for (let number = 1; ; number += 1) {
    const name = `${base}.refused${number > 1 ? `-${number}` : ''}.${format}`;
    if (!existsSync(name)) return name;
  }
}
