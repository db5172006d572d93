import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Server } from './Rung.ts';

/**
 * A SecantusDB server, of either make: both take the same arguments.
 * @param storageName The name of its folder: the two makes do not share files.
 */
export async function secantusServer(
  [command, ...firstArgs]: [string, ...string[]],
  folder: string,
  storageName: string,
): Promise<Server> {
  const storage = join(folder, storageName);
  await mkdir(storage, { recursive: true });
  // Named so that it reads no other: a file in the working or home folder could turn on passwords or TLS.
  const settings = join(folder, 'secantusd.toml');
  await writeFile(settings, '');
  return {
    command,
    storage,
    args: (port) => [
      ...firstArgs,
      ...['--config', settings, '--storage-path', storage, '--log-level', 'WARNING'],
      ...['--host', '127.0.0.1', '--port', `${port}`],
      '--sync-on-commit', // without it, a killed server forgets writes that it had acknowledged
    ],
  };
}
