import type { Model, mongo } from 'mongoose';
import { accessPath } from './accessPath.ts';
import {
  onPage,
  readingOrder,
  toConnection,
  withinCursors,
  type Connection,
  type ListQuery,
} from './connection.ts';
import { belongsTo, perParent, type Belonging } from './perParent.ts';
import { toProjection } from './projection.ts';
import { aggregate } from './read.ts';
import type { Selection } from './selection.ts';

type Document = mongo.BSON.Document;

/** A list of the records that belong to one parent, such as the campaigns of an organization. */
export interface ChildQuery extends ListQuery, Belonging {}

interface ChildPage<TRow> extends Document {
  _id: string;
  n?: number;
  rows?: TRow[];
}

/**
 * Reads, for every parent in `ids`, the same page of its children: one command for all of them.
 * Each page knows its total without another command when it is the first.
 */
export async function findChildPages<TRow extends Document>(
  model: Model<TRow>,
  query: ChildQuery,
  ids: readonly string[],
  selection: Selection,
): Promise<Connection<TRow>[]> {
  const { stages } = accessPath(model, [belongsTo(query, ids), ...query.conditions], query.order);
  const setParent = perParent(model, query, ids);
  const read = (pipeline: Document[]) =>
    aggregate<ChildPage<TRow>>(model, pipeline, ids.length + 1);

  const isFirst = !query.page.after && !query.page.before;
  const countHere = selection.hasTotal && isFirst;
  const readPages = () =>
    read([
      ...stages,
      ...withinCursors(query),
      ...setParent,
      {
        $group: {
          _id: '$parent',
          ...(countHere ? { n: { $sum: 1 } } : {}),
          ...(selection.hasRows ? { rows: firstRows(query) } : {}),
        },
      },
      ...(selection.hasRows
        ? [{ $project: { n: 1, ...toProjection(onPage(selection, query.order), 'rows.') } }]
        : []),
    ]);
  const countAll = async () => {
    const counts = await read([
      ...stages,
      ...setParent,
      { $group: { _id: '$parent', n: { $sum: 1 } } },
    ]);
    return new Map(counts.map(({ _id, n }) => [_id, n]));
  };

  const pages = selection.hasRows || countHere ? await readPages() : [];
  const byParent = new Map(pages.map((page) => [page._id, page]));
  let counted: Promise<Map<string, number | undefined>> | undefined;
  return ids.map((id) => {
    const page = byParent.get(id);
    return toConnection(page?.rows ?? [], query, async () => {
      if (countHere) return page?.n ?? 0;
      counted ??= countAll();
      return (await counted).get(id) ?? 0;
    });
  });
}

const firstRows = (query: ChildQuery): Document => ({
  $topN: { n: query.page.size + 1, sortBy: readingOrder(query), output: '$$ROOT' },
});
