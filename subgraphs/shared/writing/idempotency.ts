import { createHash } from 'node:crypto';
import { Schema, type ClientSession, type Connection, type InferRawDocType } from 'mongoose';
import type { Problem } from './Problem.ts';

/** So long a key stands for what was written with it. */
const KEPT_SECONDS = 7 * 24 * 60 * 60;

const definition = {
  /** `agency|key`: each agency has keys of its own. */
  _id: { type: String, required: true },
  /** Of the whole request: see hashOf(). */
  hash: { type: String, required: true },
  /** The audit entry, which holds the answer. */
  entryId: { type: String, required: true },
  /** When it was used; null for one that stands for good. */
  at: { type: Date, default: null },
} as const;

export type IdempotencyKeyRow = InferRawDocType<typeof definition>;

/** Makes the model of the keys. Where the database removes what expires, it does so. */
export function createIdempotencyKeyModel(database: Connection) {
  const schema = new Schema(definition);
  schema.index({ at: 1 }, { expireAfterSeconds: KEPT_SECONDS });
  return database.model<IdempotencyKeyRow>('IdempotencyKey', schema, 'idempotencyKeys');
}

export type IdempotencyKeyModel = ReturnType<typeof createIdempotencyKeyModel>;

/** JSON with the fields of objects in order, so that equal requests have equal texts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

/** What tells one request from another. */
export const hashOf = (request: object): string =>
  createHash('sha256').update(canonical(request)).digest('hex');

/** A key that can't be used as it is. */
export function keyProblem(key: string): Problem | null {
  if (key.trim() && key.length <= 200) return null;
  return { code: 'INVALID', message: 'must have 1 to 200 characters', path: ['idempotencyKey'] };
}

export const KEY_REUSED: Problem = {
  code: 'KEY_REUSED',
  message: 'was used for another input within the last 7 days: take a new key for a new write',
  path: ['idempotencyKey'],
};

/** The key as it is known, unless it has expired. */
export async function findKey(
  { collection }: IdempotencyKeyModel,
  _id: string,
  session: ClientSession,
): Promise<IdempotencyKeyRow | null> {
  const since = new Date(Date.now() - KEPT_SECONDS * 1000);
  const found = await collection.findOne({ _id: _id as never }, { session });
  const row = found as IdempotencyKeyRow | null;
  return row && (!row.at || row.at > since) ? row : null;
}

/** Notes a key in the transaction that writes what it stands for; an expired one is taken over. */
export async function noteKey(
  { collection }: IdempotencyKeyModel,
  { _id, ...rest }: IdempotencyKeyRow,
  session: ClientSession,
): Promise<void> {
  await collection.replaceOne({ _id: _id as never }, rest, { upsert: true, session });
}
