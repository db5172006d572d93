import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKey, type KeyRights } from '../../scripts/keys/changes.ts';
import type { ApiKey } from '../../subgraphs/shared/authentication/ApiKey.ts';
import { writeKeys } from '../../subgraphs/shared/authentication/readKeyFile.ts';

/** A file of API keys for a test: the text of each key by its name. */
export async function createKeys<TName extends string>(rights: Record<TName, KeyRights>) {
  const folder = await mkdtemp(join(tmpdir(), 'keys-'));
  const file = join(folder, 'keys.json');
  let keys: readonly ApiKey[] = [];
  const texts = Object.entries<KeyRights>(rights).map(([name, each]) => {
    const issued = createKey(keys, each, null);
    keys = issued.keys;
    return [name, issued.result.text];
  });
  await writeFile(file, writeKeys(keys));
  return {
    file,
    keys: Object.fromEntries(texts) as Record<TName, string>,
    remove: () => rm(folder, { recursive: true }),
  };
}

/** A key that writes everything that is its agency's. */
export const editorOf = (agency: string): KeyRights => ({
  agency,
  roles: ['editor'],
  scopes: ['*'],
});
