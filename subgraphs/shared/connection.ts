import DataLoader from 'dataloader';
import type { Model, mongo } from 'mongoose';
import { accessPath } from './accessPath.ts';
import type { AnyModel } from './AnyModel.ts';
import type { Condition } from './condition.ts';
import { encodeCursor, standsAfter } from './cursor.ts';
import { reversed, type Order } from './order.ts';
import type { PageRequest } from './pageArguments.ts';
import { belongsTo, perParent, type Belonging } from './perParent.ts';
import { WITHOUT_SEARCH_FIELDS } from './rowLoaders.ts';

type Document = mongo.BSON.Document;

/** A list asked for: which records, in which order, which page of them. */
export interface ListQuery {
  conditions: readonly Condition[];
  order: Order;
  page: PageRequest;
}

/** A list of the records that belong to one parent, such as the campaigns of an organization. */
export interface ChildQuery extends ListQuery, Belonging {}

/** One page of a list: the parent value of every `XConnection`. */
export interface Connection<TRow> {
  rows: readonly TRow[];
  order: Order;
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  /** Counts the whole list; costs a command only when it is asked for. */
  total(): Promise<number>;
}

const sortOf = ({ fields }: Order) => Object.fromEntries(fields);

/** Reads from the end are reads from the start in the order reversed. */
const readingOrder = ({ order, page }: ListQuery) => (page.fromEnd ? reversed(order) : order);

function withinCursors({ order, page }: ListQuery): Document[] {
  const bounds = [
    ...(page.after ? [standsAfter(page.after, order)] : []),
    ...(page.before ? [standsAfter(page.before, reversed(order))] : []),
  ];
  return bounds.length ? [{ $match: { $and: bounds } }] : [];
}

/** Turns up to `size + 1` rows, read in reading order, into a page. */
function toConnection<TRow>(
  read: readonly TRow[],
  { order, page }: ListQuery,
  total: () => Promise<number>,
): Connection<TRow> {
  const rows = read.slice(0, page.size);
  const more = read.length > page.size;
  return {
    rows: page.fromEnd ? rows.reverse() : rows,
    order,
    hasNextPage: page.fromEnd ? page.before !== null : more,
    hasPreviousPage: page.fromEnd ? more : page.after !== null,
    total,
  };
}

async function aggregate<TResult extends Document>(
  model: AnyModel,
  pipeline: Document[],
  hint: mongo.IndexSpecification | undefined,
  batchSize: number,
): Promise<TResult[]> {
  return model.collection
    .aggregate<TResult>(pipeline, { batchSize, ...(hint ? { hint } : {}) })
    .toArray();
}

function phraseRank({ phrase }: Order): Document[] {
  if (!phrase) return [];
  const holdsIt = { $gte: [{ $indexOfCP: ['$searchText', phrase] }, 0] };
  return [{ $set: { phraseRank: { $cond: [holdsIt, 0, 1] } } }];
}

/**
 * Reads one page of a collection. One command; one more if the total is asked for. Throws
 * `BAD_USER_INPUT` for paging arguments that are out of range or not of this list.
 */
export async function findPage<TRow extends Document>(
  model: Model<TRow>,
  query: ListQuery,
): Promise<Connection<TRow>> {
  const { stages, hint } = accessPath(model, query.conditions, query.order);
  const limit = query.page.size + 1;
  const rows = await aggregate<TRow>(
    model,
    [
      ...stages,
      ...phraseRank(query.order),
      ...withinCursors(query),
      { $sort: sortOf(readingOrder(query)) },
      { $limit: limit },
      { $project: WITHOUT_SEARCH_FIELDS },
    ],
    hint,
    limit + 1,
  );
  return toConnection(rows, query, async () => {
    const [counted] = await aggregate<{ n: number }>(model, [...stages, { $count: 'n' }], hint, 2);
    return counted?.n ?? 0;
  });
}

interface ChildPage<TRow> extends Document {
  _id: string;
  n: number;
  rows: TRow[];
}

/**
 * Reads, for every parent in `ids`, the same page of its children: one command for all of them.
 * Each page knows its total without another command when it is the first.
 */
async function findChildPages<TRow extends Document>(
  model: Model<TRow>,
  query: ChildQuery,
  ids: readonly string[],
): Promise<Connection<TRow>[]> {
  const conditions = [belongsTo(query, ids), ...query.conditions];
  const { stages } = accessPath(model, conditions, query.order);
  const setParent = perParent(model, query, ids);
  const countAll = async () => {
    const counts = await aggregate<{ _id: string; n: number }>(
      model,
      [...stages, ...setParent, { $group: { _id: '$parent', n: { $sum: 1 } } }],
      undefined,
      ids.length + 1,
    );
    return new Map(counts.map(({ _id, n }) => [_id, n]));
  };
  const pages = await aggregate<ChildPage<TRow>>(
    model,
    [
      ...stages,
      ...withinCursors(query),
      { $project: WITHOUT_SEARCH_FIELDS },
      ...setParent,
      {
        $group: {
          _id: '$parent',
          n: { $sum: 1 },
          rows: {
            $topN: {
              n: query.page.size + 1,
              sortBy: sortOf(readingOrder(query)),
              output: '$$ROOT',
            },
          },
        },
      },
    ],
    undefined,
    ids.length + 1,
  );
  const byParent = new Map(pages.map((page) => [page._id, page]));
  const isWhole = !query.page.after && !query.page.before;
  let counted: Promise<Map<string, number>> | undefined;
  return ids.map((id) => {
    const page = byParent.get(id);
    return toConnection(page?.rows ?? [], query, async () => {
      if (isWhole) return page?.n ?? 0;
      counted ??= countAll();
      return (await counted).get(id) ?? 0;
    });
  });
}

/** Gives, for a child query, the loader that batches it over parents; the same query, the same loader. */
export type PageLoader<TRow> = (query: ChildQuery) => DataLoader<string, Connection<TRow>>;

/** Makes the page loader of one model for one client request. */
export function createPageLoader<TRow extends Document>(model: Model<TRow>): PageLoader<TRow> {
  const loaders = new Map<string, DataLoader<string, Connection<TRow>>>();
  return (query) => {
    const key = JSON.stringify(query);
    const loader =
      loaders.get(key) ??
      new DataLoader<string, Connection<TRow>>((ids) => findChildPages(model, query, ids));
    loaders.set(key, loader);
    return loader;
  };
}

/** Resolvers of every `XConnection` type. */
export const ConnectionFields = {
  nodes: <TRow>({ rows }: Connection<TRow>) => rows,
  edges: <TRow extends Document>({ rows, order }: Connection<TRow>) =>
    rows.map((row) => ({ node: row, cursor: encodeCursor(row, order) })),
  pageInfo: ({ rows, order, hasNextPage, hasPreviousPage }: Connection<Document>) => {
    const [start, end] = [rows.at(0), rows.at(-1)];
    return {
      hasNextPage,
      hasPreviousPage,
      startCursor: start ? encodeCursor(start, order) : null,
      endCursor: end ? encodeCursor(end, order) : null,
    };
  },
  totalCount: (connection: Connection<Document>) => connection.total(),
};
