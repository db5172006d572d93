import { mongo } from 'mongoose';
import { z } from 'zod';

/*
 * A backup is a gzip file of lines. Each is an object with one key, in canonical Extended JSON:
 *   {"antqBackup":{"version":1,…}}  first: of which format, of when, and how consistent it is
 *   {"collection":{…}}              whose documents come next, with its options and indexes
 *   {"document":{…}}                or {"bytes":"…"}, BSON in base64, where JSON would not give the same bytes back
 *   {"end":{…}}                     last: what came before, counted and hashed
 * Names of databases are without DATABASE_PREFIX, so that it can be restored under another one.
 */

const { EJSON } = mongo.BSON;

export const VERSION = 1;

/**
 * What every backup begins with. Of gzip's own header, time and system stay empty: so a change of any byte
 * of the file is noticed.
 */
export const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

/** How consistent a backup is. */
export const CONSISTENCIES = ['transaction', 'snapshot', 'none'] as const;
export type Consistency = (typeof CONSISTENCIES)[number];

const document = z.record(z.string(), z.unknown());
const hash = z.string().length(64);

export const headSchema = z.object({
  antqBackup: z.object({
    version: z.number(),
    at: z.string(),
    consistency: z.enum(CONSISTENCIES),
  }),
});

export const collectionSchema = z.object({
  collection: z.object({
    database: z.string().min(1),
    name: z.string().min(1),
    options: document,
    indexes: z.array(document),
  }),
});

export const endSchema = z.object({
  end: z.object({
    collections: z.array(
      z.object({
        database: z.string(),
        name: z.string(),
        documents: z.number(),
        sha256: hash,
      }),
    ),
    /** Of all lines before this one. */
    sha256: hash,
  }),
});

export type Collection = z.output<typeof collectionSchema>['collection'];
export type End = z.output<typeof endSchema>['end'];

/** Nothing is made more handy than it is: each number keeps its type. */
const EXACT = {
  promoteValues: false,
  promoteLongs: false,
  promoteBuffers: false,
  bsonRegExp: true,
} as const;

/** One line of what is no document. */
export const encodeLine = (content: object): string => `${JSON.stringify(content)}\n`;

/** The line of a document, given as BSON. */
export function encodeDocument(bytes: Buffer): string {
  try {
    const line = EJSON.stringify(
      { document: mongo.BSON.deserialize(bytes, EXACT) },
      { relaxed: false },
    );
    const back: unknown = EJSON.parse(line, { relaxed: false });
    const { document: again } = back as { document: mongo.BSON.Document };
    if (bytes.equals(mongo.BSON.serialize(again))) return `${line}\n`;
  } catch {
    // It goes as it is.
  }
  return encodeLine({ bytes: bytes.toString('base64') });
}

/** The document of a line; undefined when the line holds none. */
export function decodeDocument(line: string): mongo.BSON.Document | undefined {
  if (line.startsWith('{"document":')) {
    const content: unknown = EJSON.parse(line, { relaxed: false });
    return (content as { document: mongo.BSON.Document }).document;
  }
  if (!line.startsWith('{"bytes":')) return undefined;
  const { bytes } = z.object({ bytes: z.base64() }).parse(JSON.parse(line));
  return mongo.BSON.deserialize(Buffer.from(bytes, 'base64'), EXACT);
}
