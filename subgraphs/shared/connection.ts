import type { GraphQLResolveInfo } from 'graphql';
import type { Model, mongo } from 'mongoose';
import { accessPath } from './accessPath.ts';
import type { Condition } from './condition.ts';
import { encodeCursor, standsAfter } from './cursor.ts';
import { reversed, type Order } from './order.ts';
import type { PageRequest } from './pageArguments.ts';
import { toProjection } from './projection.ts';
import { aggregate } from './read.ts';
import { selectionOf, withFields, type Selection } from './selection.ts';

type Document = mongo.BSON.Document;

/** A list asked for: which records, in which order, which page of them. */
export interface ListQuery {
  conditions: readonly Condition[];
  order: Order;
  page: PageRequest;
}

/** One page of a list: the parent value of every `XConnection`. */
export interface Connection<TRow> {
  rows: readonly TRow[];
  order: Order;
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  /** Counts the whole list; costs a command only when it is asked for. */
  total(): Promise<number> | number;
}

/** The order in which a page is read: from the end, it is the order reversed. */
export const readingOrder = ({ order, page }: ListQuery): Record<string, 1 | -1> =>
  Object.fromEntries((page.fromEnd ? reversed(order) : order).fields);

/** The stage that leaves what stands between the cursors of the page. */
export function withinCursors({ order, page }: ListQuery): Document[] {
  const bounds = [
    ...(page.after ? [standsAfter(page.after, order)] : []),
    ...(page.before ? [standsAfter(page.before, reversed(order))] : []),
  ];
  return bounds.length ? [{ $match: { $and: bounds } }] : [];
}

/** What is to be read of the rows of a page: a cursor is made of the fields of its order. */
export const onPage = (selection: Selection, { fields }: Order): Selection =>
  selection.hasCursors
    ? withFields(
        selection,
        fields.map(([field]) => field),
      )
    : selection;

/** Turns up to `size + 1` rows, read in reading order, into a page. */
export function toConnection<TRow>(
  read: readonly TRow[],
  { order, page }: ListQuery,
  total: Connection<TRow>['total'],
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

function phraseRank({ phrase }: Order): Document[] {
  if (!phrase) return [];
  const holdsIt = { $gte: [{ $indexOfCP: ['$searchText', phrase] }, 0] };
  return [{ $set: { phraseRank: { $cond: [holdsIt, 0, 1] } } }];
}

/**
 * Reads one page of a collection: what the field that `info` is about selects of it. One command for
 * the rows and one for the total, where they are asked for. Throws `BAD_USER_INPUT` for paging
 * arguments that are out of range or not of this list.
 */
export async function findPage<TRow extends Document>(
  model: Model<TRow>,
  query: ListQuery,
  info: GraphQLResolveInfo,
): Promise<Connection<TRow>> {
  const selection = onPage(selectionOf(info, model.modelName), query.order);
  const { stages, hint } = accessPath(model, query.conditions, query.order);
  const limit = query.page.size + 1;
  const readRows = () =>
    aggregate<TRow>(
      model,
      [
        ...stages,
        ...phraseRank(query.order),
        ...withinCursors(query),
        { $sort: readingOrder(query) },
        { $limit: limit },
        { $project: toProjection(selection) },
      ],
      limit + 1,
      hint,
    );
  return toConnection(selection.hasRows ? await readRows() : [], query, async () => {
    const [counted] = await aggregate<{ n: number }>(model, [...stages, { $count: 'n' }], 2, hint);
    return counted?.n ?? 0;
  });
}

/** Resolvers of every `XConnection` type. */
export const ConnectionFields = {
  nodes: <TRow>({ rows }: Connection<TRow>) => rows,
  edges: <TRow extends Document>({ rows, order }: Connection<TRow>) =>
    rows.map((node) => ({
      node,
      get cursor() {
        return encodeCursor(node, order);
      },
    })),
  pageInfo: ({ rows, order, hasNextPage, hasPreviousPage }: Connection<Document>) => ({
    hasNextPage,
    hasPreviousPage,
    get startCursor() {
      return cursorOf(rows.at(0), order);
    },
    get endCursor() {
      return cursorOf(rows.at(-1), order);
    },
  }),
  totalCount: (connection: Connection<Document>) => connection.total(),
};

const cursorOf = (row: Document | undefined, order: Order) =>
  row ? encodeCursor(row, order) : null;
