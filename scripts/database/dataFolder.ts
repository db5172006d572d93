import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UserError } from '../../subgraphs/shared/UserError.ts';

/** What the codes of the file system's errors mean for somebody who has set a folder. */
const REASONS: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'its file system is read-only',
  EEXIST: 'it is not a folder',
  ENOTDIR: 'it is not a folder, or lies below something that is none',
  ENOENT: 'it can not be made there',
  ENOSPC: 'the disk is full',
};

/**
 * Makes the data folder if it is not there.
 * @returns its absolute path.
 * @throws UserError when it can't be made.
 */
export async function makeDataFolder(dataDir: string): Promise<string> {
  const folder = resolve(dataDir);
  try {
    await makeFolder(folder);
    return folder;
  } catch (error) {
    throw unusable(folder, error);
  }
}

/** As `mkdir` with `recursive`, which never comes back from a place like /proc, where nothing can be made. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (codeOf(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder);
  }
}

/** The error for a data folder that can't be used, with the reason that the file system gave. */
export function unusable(folder: string, cause: unknown): UserError {
  const reason = REASONS[codeOf(cause)] ?? String(cause);
  return new UserError(`the data folder ${folder} can't be used: ${reason}`, [
    'Set DATA_DIR to a folder that you may write to.',
  ]);
}

/** The code of a system error, such as ENOENT; empty for any other error. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
