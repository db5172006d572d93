import type { mongo } from 'mongoose';
import type { AnyModel } from './AnyModel.ts';
import { healthOf } from './databaseHealth.ts';
import { oneBatch } from './oneBatch.ts';

type Document = mongo.BSON.Document;

/**
 * Reads all that a filter finds, with one command. Throws as DatabaseHealth's `within`: so does each read
 * of a request, for there is no other way to read for one but these two.
 */
export function find<TRow extends Document>(
  model: AnyModel,
  filter: Document,
  options: mongo.FindOptions,
): Promise<TRow[]> {
  const health = healthOf(model.collection.conn);
  const limited = { ...oneBatch, ...options, maxTimeMS: health.limits.timeoutMs };
  return health.within({ name: 'find', collection: model.collection.collectionName }, () =>
    model.collection.find<TRow>(filter, limited).toArray(),
  );
}

/** Carries out a pipeline whose answer has less than `batchSize` documents. */
export function aggregate<TResult extends Document>(
  model: AnyModel,
  pipeline: Document[],
  batchSize: number,
  hint?: mongo.IndexSpecification,
): Promise<TResult[]> {
  const health = healthOf(model.collection.conn);
  const options = {
    batchSize,
    maxTimeMS: health.limits.timeoutMs,
    ...(hint ? { hint } : {}),
  };
  return health.within({ name: 'aggregate', collection: model.collection.collectionName }, () =>
    model.collection.aggregate<TResult>(pipeline, options).toArray(),
  );
}
