import type { mongo } from 'mongoose';

type Document = mongo.BSON.Document;

export interface Text {
  vi: string;
}

/** A row, as far as answers need it: a read gives the fields that it was asked for. */
export interface Row extends Document {
  _id: string;
  name: Text;
}

/** What the hand-written endpoint reads from: the native driver's collections. */
export type Collection = Pick<mongo.Collection, 'find' | 'aggregate'>;

const ONE_BATCH = { batchSize: 1_000_000 };

/** Rows by id, those that are there; no command for no ids. */
export async function readByIds(
  collection: Collection,
  ids: Iterable<string | null | undefined>,
  projection: Document,
): Promise<Map<string, Row>> {
  const wanted = [...new Set(ids)].filter((id) => typeof id === 'string');
  if (!wanted.length) return new Map();
  const filter: Document = { _id: { $in: wanted } };
  const rows = await collection.find<Row>(filter, { projection, ...ONE_BATCH }).toArray();
  return new Map(rows.map((row) => [row._id, row]));
}

/** What of a collection to read, in which order, how much of it. */
export interface Page {
  /** Each is a stage of its own; the first is what an index answers. */
  matches: Document[];
  sort: Record<string, 1 | -1>;
  first: number;
  projection: Document;
}

/** The first rows that meet all conditions. */
export function readPage(
  collection: Collection,
  { matches, sort, first, projection }: Page,
): Promise<Row[]> {
  return collection
    .aggregate<Row>(
      [
        ...matches.map((match) => ({ $match: match })),
        { $sort: { ...sort, _id: 1 } },
        { $limit: first },
        { $project: projection },
      ],
      ONE_BATCH,
    )
    .toArray();
}

/** The first rows of each parent, which an array field names: one command for all parents. */
export async function readChildren(
  collection: Collection,
  field: string,
  ids: readonly string[],
  { sort, first, projection }: Omit<Page, 'matches'>,
): Promise<Map<string, Row[]>> {
  if (!ids.length || !first) return new Map();
  const [id] = ids;
  if (ids.length === 1 && id !== undefined) {
    const page = { matches: [{ [field]: id }], sort, first, projection };
    return new Map([[id, await readPage(collection, page)]]);
  }
  const order: Document = { ...sort, _id: 1 };
  const groups = await collection
    .aggregate<{ _id: string; rows: Row[] }>(
      [
        { $match: { [field]: { $in: ids } } },
        { $project: { ...projection, ...included(sort), parent: `$${field}` } },
        { $set: { parent: { $setIntersection: ['$parent', { $literal: ids }] } } },
        { $unwind: '$parent' },
        {
          $group: {
            _id: '$parent',
            rows: { $topN: { n: first, sortBy: order, output: '$$ROOT' } },
          },
        },
      ],
      ONE_BATCH,
    )
    .toArray();
  return new Map(groups.map((group) => [group._id, group.rows]));
}

const included = (sort: Page['sort']) =>
  Object.fromEntries(Object.keys(sort).map((field) => [field, 1]));
