import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { changeKeyFile } from '../../scripts/keys/changeKeyFile.ts';
import { createKey, type KeyRights } from '../../scripts/keys/changes.ts';

export const DAY_MS = 86_400_000;

/** A file for keys that ends with the test. */
export function temporaryKeyFile(): string {
  const file = join(tmpdir(), `keys-${randomUUID()}.json`);
  onTestFinished(() => rm(file, { force: true }));
  return file;
}

/** Adds a key to a file, as `npm run keys -- create` does. */
export const addKey = (
  file: string,
  { agency = 'org-bo-cong-an', roles = [], scopes = [] }: Partial<KeyRights> = {},
  lifetimeMs: number | null = DAY_MS,
): Promise<{ key: { id: string }; text: string }> =>
  changeKeyFile(file, (keys) => createKey(keys, { agency, roles, scopes }, lifetimeMs));

/** The headers that show a key. */
export const showing = (text: string): Record<string, string> => ({
  authorization: `Bearer ${text}`,
});

/** Puts any text where keys are kept. */
export const breakKeyFile = (file: string, text: string): Promise<void> => writeFile(file, text);
