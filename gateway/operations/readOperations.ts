import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import { toSavedOperation, type SavedOperation } from './SavedOperation.ts';

/** Reads the saved operations in a folder: the text of each `.graphql` file, by its name. None where there is no folder. */
export async function readOperations(folder: string): Promise<Map<string, string>> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.graphql')).sort();
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return new Map(files.map((name, index) => [name, texts[index] ?? '']));
}

/** Reads the saved operations in a folder. `refuse` is told of each file that is no good, and goes without. */
export async function readSavedOperations(
  folder: string,
  refuse: (fault: UserError) => void,
): Promise<SavedOperation[]> {
  return [...(await readOperations(folder))].flatMap(([file, text]) => {
    try {
      return [toSavedOperation(file, text)];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      refuse(error);
      return [];
    }
  });
}
