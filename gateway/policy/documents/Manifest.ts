import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { stripIgnoredCharacters } from 'graphql';
import { z } from 'zod';
import { UserError } from '../../../subgraphs/shared/UserError.ts';

/** The id that clients compute of a document: the SHA-256 of its text. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Whether an id has the form of a SHA-256. */
export const isSha256 = (id: string): boolean => /^[0-9a-f]{64}$/.test(id);

/** Trusted documents, as one file lists them. */
export interface Manifest {
  /** The texts of documents by id. */
  byId: ReadonlyMap<string, string>;
  /** The same texts without comments and white space. */
  stripped: ReadonlySet<string>;
}

// What tools write beside these is of no interest here.
const form = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(
    z.object({ id: z.string().min(1).max(200), name: z.string(), body: z.string() }),
  ),
});

/**
 * Reads a manifest of trusted documents, in the form of Apollo's and other client tools
 * (`apollo-persisted-query-manifest`, version 1). An id that looks like a SHA-256 has to be that of its text.
 * @param mayBeMissing Whether no file is the same as one that lists nothing.
 * @throws UserError when it is no such file.
 */
export async function readManifest(file: string, mayBeMissing: boolean): Promise<Manifest> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && mayBeMissing) return undefined;
    throw new UserError(
      `the trusted documents in ${file} can't be read (${error.code}): write the file with "npm run schema", or name others in TRUSTED_DOCUMENTS_FILE`,
      [],
      { cause: error },
    );
  });
  if (text === undefined) return { byId: new Map(), stripped: new Set() };
  const { data, error } = form.safeParse(parseJson(text));
  if (error) {
    const [issue] = error.issues;
    throw new UserError(
      `${file} is no manifest of trusted documents (${issue?.path.join('.') || 'as a whole'}: ${issue?.message}): it must be an apollo-persisted-query-manifest of version 1`,
    );
  }
  const byId = new Map<string, string>();
  for (const { id, name, body } of data.operations) {
    const known = byId.get(id);
    if ((isSha256(id) && id !== sha256(body)) || (known !== undefined && known !== body)) {
      throw new UserError(
        `${file} gives the operation ${name} the id ${id}, which is another document's: write the manifest anew`,
      );
    }
    byId.set(id, body);
  }
  return { byId, stripped: new Set([...byId.values()].map((body) => strip(body) ?? body)) };
}

/** A document without what has no meaning; undefined when its text is none. */
export function strip(text: string): string | undefined {
  try {
    return stripIgnoredCharacters(text);
  } catch {
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
