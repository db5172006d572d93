import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { isDeepStrictEqual } from 'node:util';
import type { mongo } from 'mongoose';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import {
  collectionSchema,
  decodeDocument,
  endSchema,
  GZIP_HEADER,
  headSchema,
  VERSION,
  type Collection,
  type End,
} from './format.ts';

/** What a backup holds, one after another; the end comes only when all before it was found to be whole. */
export type Part =
  { collection: Collection } | { document: mongo.BSON.Document; bytes: number } | { end: End };

/** A document of 16 MB of small numbers is not longer. */
const LONGEST_LINE = 256 * 1024 * 1024;

/**
 * Reads a backup and verifies it on the way.
 * @throws UserError when it can't be read, is of another version, cut off, or not what was written.
 */
export async function* readBackup(file: string): AsyncGenerator<Part> {
  try {
    await checkHeader(file);
    yield* readParts(file);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('E')) throw new UserError(`${file} can't be read: ${message}`);
    throw damaged(file, message);
  }
}

const damaged = (file: string, why: string) =>
  new UserError(`${file} is not what was written as a backup: ${why.split('\n')[0] ?? ''}`, [
    'It is cut off or changed: take another copy of it. Nothing was restored from it.',
  ]);

async function checkHeader(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(GZIP_HEADER.length), 0, 10, 0);
    if (bytesRead < GZIP_HEADER.length || !buffer.equals(GZIP_HEADER)) {
      throw new Error('it does not begin like one');
    }
  } finally {
    await handle.close();
  }
}

async function* readParts(file: string): AsyncGenerator<Part> {
  const whole = createHash('sha256');
  const found: End['collections'] = [];
  let own = createHash('sha256');
  let documents = 0;
  let current: Collection | undefined;
  const finish = () => {
    if (!current) return;
    const { database, name } = current;
    found.push({ database, name, documents, sha256: own.digest('hex') });
    own = createHash('sha256');
    documents = 0;
  };
  let isFirst = true;
  let end: End | undefined;

  for await (const bytes of unzippedLines(file)) {
    if (end) throw new Error('something follows its end');
    const line = bytes.toString('utf8');
    if (isFirst) {
      isFirst = false;
      const { version } = headSchema.parse(JSON.parse(line)).antqBackup;
      if (version !== VERSION) {
        throw new UserError(
          `${file} is a backup of format ${version}, and this version reads format ${VERSION}`,
          ['Restore it with the version of the graph that wrote it.'],
        );
      }
    } else if (line.startsWith('{"end":')) {
      finish();
      ({ end } = endSchema.parse(JSON.parse(line)));
      if (end.sha256 !== whole.digest('hex')) throw new Error('its checksum is another one');
      if (!isDeepStrictEqual(end.collections, found)) {
        throw new Error('a collection is not as it was counted');
      }
      continue;
    } else if (line.startsWith('{"collection":')) {
      finish();
      current = collectionSchema.parse(JSON.parse(line)).collection;
      yield { collection: current };
    } else {
      const document = decodeDocument(line);
      if (!document || !current) throw new Error('a line is none of a backup');
      own.update(bytes);
      documents += 1;
      yield { document, bytes: bytes.length };
    }
    whole.update(bytes);
  }
  if (!end) throw new Error('its end is missing');
  yield { end };
}

/** The lines of a gzip file, each with its line break. */
async function* unzippedLines(file: string): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  createReadStream(file)
    .on('error', (error) => gunzip.destroy(error))
    .pipe(gunzip);
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of gunzip) {
    // A stream without an encoding gives buffers.
    let rest = chunk as Buffer;
    for (let at = rest.indexOf('\n'); at >= 0; at = rest.indexOf('\n')) {
      yield Buffer.concat([...parts, rest.subarray(0, at + 1)]);
      parts = [];
      length = 0;
      rest = rest.subarray(at + 1);
    }
    if (!rest.length) continue;
    parts.push(rest);
    length += rest.length;
    if (length > LONGEST_LINE) throw new Error('a line is too long');
  }
  if (length) throw new Error('its last line is cut off');
  const { size } = await stat(file);
  // What follows the last stream is passed over without a word.
  if (gunzip.bytesWritten !== size) throw new Error('something follows its end');
}
