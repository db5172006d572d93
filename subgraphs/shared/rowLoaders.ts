import type { GraphQLResolveInfo } from 'graphql';
import type { Model, mongo } from 'mongoose';
import { alignToKeys } from './batching.ts';
import { createBatcher } from './createBatcher.ts';
import type { Directory } from './createDirectory.ts';
import { toProjection } from './projection.ts';
import { find } from './read.ts';
import { covers, selectionOf, wholeRow, withFields, type Selection } from './selection.ts';

type Document = mongo.BSON.Document;
type MaybePromise<T> = T | Promise<T>;
type Field<TRow> = keyof TRow & string;

/** Rows whose `field` is, or holds, one of `keys`, as plain objects, in the order of `sort`. */
function findRows<TRow extends Document>(
  model: Model<TRow>,
  field: string,
  keys: readonly string[],
  selection: Selection,
  sort?: Record<string, 1 | -1>,
): Promise<TRow[]> {
  return find<TRow>(
    model,
    { [field]: { $in: keys } },
    { projection: toProjection(selection), ...(sort ? { sort } : {}) },
  );
}

/** Loads rows by id for the field that `info` is about: what is selected there of them. */
export interface RowLoader<TRow> {
  /**
   * Gives `null` for an id that is not there.
   * @param also Fields that the subgraph itself reads of the row.
   */
  load(
    id: string,
    info: GraphQLResolveInfo,
    also?: readonly Field<TRow>[],
  ): MaybePromise<TRow | null>;
  /** Throws when there is no such row: a fault of the data that promise it, not of the caller. */
  loadExisting(id: string, info: GraphQLResolveInfo): MaybePromise<TRow>;
  /** Gives rows in the order of `ids`, without those that are not there. */
  loadPresent(
    ids: readonly string[],
    info: GraphQLResolveInfo,
    also?: readonly Field<TRow>[],
  ): MaybePromise<TRow[]>;
}

/** Makes the loader of rows by id for one client request, over a directory if there is one. */
export function createRowLoader<TRow extends Document & { _id: string }>(
  model: Model<TRow>,
  directory?: Directory<TRow>,
): RowLoader<TRow> {
  const rowType = model.modelName;
  let whole: Selection | undefined;

  const batcher = createBatcher<TRow | null>(async (ids, selection) => {
    const read = () => findRows(model, '_id', ids, selection);
    const isWhole = whole !== undefined && covers(selection, whole);
    const rows = await (directory && isWhole ? directory.keep(read) : read());
    return alignToKeys(ids, rows, (row) => row._id);
  });

  const load: RowLoader<TRow>['load'] = (id, info, also) => {
    const kept = directory?.get(id);
    if (kept) return kept;
    if (directory?.isOpen) return batcher.load(id, (whole ??= wholeRow(info.schema, rowType)));
    const selection = selectionOf(info, rowType);
    return batcher.load(id, also ? withFields(selection, also) : selection);
  };

  return {
    load,

    loadExisting(id, info) {
      const row = load(id, info);
      return row instanceof Promise ? row.then((late) => existing(late, id)) : existing(row, id);
    },

    loadPresent(ids, info, also) {
      const rows = ids.map((id) => load(id, info, also));
      return rows.every(isLoaded)
        ? withoutMissing(rows)
        : Promise.all(rows.map(async (row) => row)).then((late) => withoutMissing(late));
    },
  };
}

const isLoaded = <TRow>(row: MaybePromise<TRow>): row is TRow => !(row instanceof Promise);

function existing<TRow>(row: TRow | null, id: string): TRow {
  if (row === null) throw new Error(`the record ${id} is referred to but not there`);
  return row;
}

const withoutMissing = <TRow>(rows: readonly (TRow | null)[]) => rows.filter((row) => row !== null);

/** Loads, for each key, all rows whose `field` is it or holds it: for lists that stay short. */
export function createRowsLoader<TRow extends Document>(
  model: Model<TRow>,
  field: Field<TRow>,
  sort: Record<string, 1 | -1>,
) {
  const batcher = createBatcher<TRow[]>(async (keys, selection) => {
    const rows = await findRows(model, field, keys, withFields(selection, [field]), sort);
    const byKey = new Map(keys.map((key) => [key, [] as TRow[]]));
    for (const row of rows) {
      const value: unknown = row[field];
      const held: readonly unknown[] = Array.isArray(value) ? value : [value];
      for (const key of held) byKey.get(String(key))?.push(row);
    }
    return keys.map((key) => byKey.get(key) ?? []);
  });
  return {
    load(key: string, info: GraphQLResolveInfo, also: readonly Field<TRow>[] = []) {
      return batcher.load(key, withFields(selectionOf(info, model.modelName), also));
    },
  };
}
