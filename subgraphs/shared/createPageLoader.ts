import type { GraphQLResolveInfo } from 'graphql';
import type { Model, mongo } from 'mongoose';
import type { Connection } from './connection.ts';
import { createBatcher, type Batcher } from './createBatcher.ts';
import { createFieldMemory } from './createFieldMemory.ts';
import { findChildPages, type ChildQuery } from './findChildPages.ts';
import { selectionOf, type Selection } from './selection.ts';

type Document = mongo.BSON.Document;

/** Loads one page of the children of a parent, for the field that `info` is about. */
export interface PageLoader<TRow> {
  /** @param ask Makes the query of the field's arguments; called once for all parents. */
  load(
    parentId: string,
    info: GraphQLResolveInfo,
    ask: () => ChildQuery,
  ): Promise<Connection<TRow>>;
}

/** What one field asks of each of its parents. */
interface Asked<TRow> {
  batcher: Batcher<Connection<TRow>>;
  selection: Selection;
}

/** Makes the page loader of one model for one client request; the same query of many parents is one command. */
export function createPageLoader<TRow extends Document>(model: Model<TRow>): PageLoader<TRow> {
  const byQuery = new Map<string, Batcher<Connection<TRow>>>();
  const askedBy = createFieldMemory<Asked<TRow>>();

  const batcherOf = (query: ChildQuery) => {
    const key = JSON.stringify(query);
    const batcher =
      byQuery.get(key) ??
      createBatcher((ids, selection) => findChildPages(model, query, ids, selection));
    byQuery.set(key, batcher);
    return batcher;
  };

  return {
    load(parentId, info, ask) {
      const { batcher, selection } = askedBy(info, () => ({
        batcher: batcherOf(ask()),
        selection: selectionOf(info, model.modelName),
      }));
      return batcher.load(parentId, selection);
    },
  };
}
