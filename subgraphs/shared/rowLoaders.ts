import DataLoader from 'dataloader';
import type { Model, mongo } from 'mongoose';
import { alignToKeys } from './batching.ts';
import { oneBatch } from './oneBatch.ts';

type Document = mongo.BSON.Document;

/** Fields that records are found by and that no answer needs. */
export const WITHOUT_SEARCH_FIELDS = { searchPrefixes: 0, searchText: 0 } as const;

/**
 * Rows whose `field` is, or holds, one of `keys`, as plain objects, in the order of `sort`.
 */
function findRows<TRow extends Document>(
  model: Model<TRow>,
  field: string,
  keys: readonly string[],
  sort: Record<string, 1 | -1>,
): Promise<TRow[]> {
  return model.collection
    .find<TRow>(
      { [field]: { $in: keys } },
      {
        projection: WITHOUT_SEARCH_FIELDS,
        ...oneBatch,
      },
    )
    .sort(sort)
    .toArray();
}

/** Loads rows by id; `null` for an id that is not there. */
export function createRowLoader<TRow extends Document & { _id: string }>(model: Model<TRow>) {
  return new DataLoader<string, TRow | null>(async (ids) =>
    alignToKeys(ids, await findRows(model, '_id', ids, {}), (row) => row._id),
  );
}

/** Loads, for each key, all rows whose `field` is it or holds it: for lists that stay short. */
export function createRowsLoader<TRow extends Document>(
  model: Model<TRow>,
  field: keyof TRow & string,
  sort: Record<string, 1 | -1>,
) {
  return new DataLoader<string, TRow[]>(async (keys) => {
    const rows = await findRows(model, field, keys, sort);
    return keys.map((key) =>
      rows.filter((row) => {
        const value: unknown = row[field];
        return Array.isArray(value) ? value.includes(key) : value === key;
      }),
    );
  });
}

/** Loads rows by id in the order of `ids`, leaving out what is not there. */
export async function loadPresent<TRow>(
  loader: DataLoader<string, TRow | null>,
  ids: readonly string[],
): Promise<TRow[]> {
  const rows = await Promise.all(ids.map((id) => loader.load(id)));
  return rows.filter((row) => row !== null);
}
