import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Reads the saved operations in a folder: the text of each `.graphql` file, by its name. None where there is no folder. */
export async function readOperations(folder: string): Promise<Map<string, string>> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.graphql')).sort();
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return new Map(files.map((name, index) => [name, texts[index] ?? '']));
}
