import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Supergraph } from './readSupergraph.ts';

/** Where the last good supergraph that `file` held is kept, below `folder`. */
export function lastGoodFile(folder: string, file: string): string {
  const name = createHash('sha256').update(resolve(file)).digest('hex').slice(0, 16);
  return join(folder, `${name}.graphql`);
}

/** Keeps a supergraph that is served, for a start at which its file holds no good one. */
export async function keepLastGood(file: string, { sdl }: Supergraph): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(draft, sdl);
  // Whole or not at all: others may read it, or this process may end.
  await rename(draft, file);
}
