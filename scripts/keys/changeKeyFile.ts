import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ApiKey } from '../../subgraphs/shared/authentication/ApiKey.ts';
import { readKeyFile, writeKeys } from '../../subgraphs/shared/authentication/readKeyFile.ts';
import { writeWhole } from '../../subgraphs/shared/writeWhole.ts';
import { withLock } from './lockFile.ts';

/**
 * Changes the keys in a file: `change` gives the new ones, and what the caller wants to know. Changes of
 * several processes come one after the other, and a reader finds the old file or the new one, never half of it.
 * @throws UserError when the file can't be read or written; then it is as it was.
 */
export async function changeKeyFile<T>(
  file: string,
  change: (keys: readonly ApiKey[]) => { keys: readonly ApiKey[]; result: T },
): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  return withLock(`${file}.lock`, async () => {
    const { keys, result } = change(await readKeyFile(file));
    // Hashes of keys are nobody else's business.
    await writeWhole(file, writeKeys(keys), 0o600);
    return result;
  });
}
