import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UserError } from '../UserError.ts';
import { apiKey, type ApiKey } from './ApiKey.ts';

const content = z.strictObject({ version: z.literal(1), keys: z.array(apiKey) });

/**
 * Reads a file of API keys; none where there is no file.
 * @throws UserError when it can't be read or is not what `npm run keys` writes.
 */
export async function readKeyFile(file: string): Promise<ApiKey[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'ENOENT') return [];
    const message = `the API keys in ${file} can't be read (${code}): it must be a file that this user may read`;
    throw new UserError(message, [], { cause: error });
  }
  const { data, error } = content.safeParse(parseJson(text));
  if (data) return data.keys;
  const [issue] = error.issues;
  throw new UserError(
    `${file} is not a file of API keys (${issue?.path.join('.') || 'as a whole'}: ${issue?.message}): put the last good copy back, or take the file away and make new keys with "npm run keys"`,
  );
}

/** The text of a key file. */
export const writeKeys = (keys: readonly ApiKey[]): string =>
  `${JSON.stringify({ version: 1, keys }, null, 2)}\n`;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
