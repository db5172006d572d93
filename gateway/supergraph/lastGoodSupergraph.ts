import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { writeWhole } from '../../subgraphs/shared/writeWhole.ts';
import type { Supergraph } from './readSupergraph.ts';

/** Where the last good supergraph that `file` held is kept, below `folder`. */
export function lastGoodFile(folder: string, file: string): string {
  const name = createHash('sha256').update(resolve(file)).digest('hex').slice(0, 16);
  return join(folder, `${name}.graphql`);
}

/** Keeps a supergraph that is served, for a start at which its file holds no good one. */
export const keepLastGood = (file: string, { sdl }: Supergraph): Promise<void> =>
  writeWhole(file, sdl);
