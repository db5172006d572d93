import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parse, stripIgnoredCharacters } from 'graphql';
import { z } from 'zod';
import { UserError } from '../../../subgraphs/shared/UserError.ts';

/** The id that clients compute of a document: the SHA-256 of its text. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Whether an id has the form of a SHA-256. */
export const isSha256 = (id: string): boolean => /^[0-9a-f]{64}$/.test(id);

/** An id without the name of its hash, which may stand before it. */
export const plainId = (id: string): string => id.replace(/^sha256:/, '');

/** Trusted documents, as one file lists them. */
export interface Manifest {
  /** The texts of documents by id. */
  byId: ReadonlyMap<string, string>;
  /** The same texts by what is left of them without comments and white space. */
  byStripped: ReadonlyMap<string, string>;
  /** The length of the longest one. */
  longest: number;
}

const EMPTY: Manifest = { byId: new Map(), byStripped: new Map(), longest: 0 };

const id = z.string().min(1).max(200);

// What tools write beside these is of no interest here.
const form = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id, name: z.string(), body: z.string() })),
});

const texts = z
  .record(id, z.string())
  .transform((byId) =>
    Object.entries(byId).map(([key, body]) => ({ id: key, name: `"${key}"`, body })),
  );

/**
 * Reads a manifest of trusted documents: in the form of Apollo's and other client tools
 * (`apollo-persisted-query-manifest`, version 1), or as others write it, an object of texts by id. An id that looks
 * like a SHA-256 has to be that of its text.
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
  if (text === undefined) return EMPTY;
  const byId = new Map<string, string>();
  const byStripped = new Map<string, string>();
  let longest = 0;
  for (const { name, body, ...given } of readOperations(file, text)) {
    const key = plainId(given.id);
    const known = byId.get(key);
    if ((isSha256(key) && key !== sha256(body)) || (known !== undefined && known !== body)) {
      throw new UserError(
        `${file} gives the operation ${name} the id ${key}, which is another document's: write the manifest anew`,
      );
    }
    if (!isDocument(body)) {
      throw new UserError(`${file} gives the operation ${name} a text that is no GraphQL document`);
    }
    byId.set(key, body);
    byStripped.set(stripIgnoredCharacters(body), body);
    longest = Math.max(longest, body.length);
  }
  return { byId, byStripped, longest };
}

function readOperations(file: string, text: string) {
  const json = parseJson(text);
  const byId = texts.safeParse(json);
  if (byId.success) return byId.data;
  const { data, error } = form.safeParse(json);
  if (data) return data.operations;
  const [issue] = error.issues;
  throw new UserError(
    `${file} is no manifest of trusted documents (${issue?.path.join('.') || 'as a whole'}: ${issue?.message}): it must be an apollo-persisted-query-manifest of version 1, or an object of documents by id`,
  );
}

function isDocument(text: string): boolean {
  try {
    parse(text, { noLocation: true });
    return true;
  } catch {
    return false;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
