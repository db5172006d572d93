import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeyRights } from '../../scripts/keys/changes.ts';
import { addKey } from './keys.ts';

/** A file of API keys for the tests of a file: the text of each key by its name. */
export async function createKeys<TName extends string>(rights: Record<TName, KeyRights>) {
  const file = join(tmpdir(), `keys-${randomUUID()}.json`);
  const texts: Partial<Record<TName, string>> = {};
  for (const [name, each] of Object.entries<KeyRights>(rights)) {
    const { text } = await addKey(file, each, null);
    texts[name as TName] = text;
  }
  return {
    file,
    keys: texts as Record<TName, string>,
    remove: () => rm(file, { force: true }),
  };
}

/** A key that writes everything that is its agency's. */
export const editorOf = (agency: string): KeyRights => ({
  agency,
  roles: ['editor'],
  scopes: ['*'],
});
