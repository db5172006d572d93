import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import type { Model, mongo } from 'mongoose';
import type { Connection } from './connection.ts';
import { createBatcher, type Batcher } from './createBatcher.ts';
import { findChildPages, type ChildQuery } from './findChildPages.ts';
import { selectionOf, type Selection } from './selection.ts';

type Document = mongo.BSON.Document;

/** Loads one page of the children of a parent, for the field that `info` is about. */
export interface PageLoader<TRow> {
  /** @param ask Makes the query of the field's arguments. */
  load(
    parentId: string,
    info: GraphQLResolveInfo,
    ask: () => ChildQuery,
  ): Promise<Connection<TRow>>;
}

/** What one field of one operation asks, the same of each parent. */
interface Asked<TRow> extends Pick<GraphQLResolveInfo, 'variableValues' | 'parentType'> {
  batcher: Batcher<Connection<TRow>>;
  selection: Selection;
}

/** Makes the page loader of one model for one client request; the same query of many parents is one command. */
export function createPageLoader<TRow extends Document>(model: Model<TRow>): PageLoader<TRow> {
  const byQuery = new Map<string, Batcher<Connection<TRow>>>();
  const byField = new WeakMap<readonly FieldNode[], Asked<TRow>>();

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
      const { fieldNodes, variableValues, parentType } = info;
      let asked = byField.get(fieldNodes);
      // Executors that keep what they compiled give the same nodes to operations with other variables.
      if (asked?.variableValues !== variableValues || asked.parentType !== parentType) {
        const selection = selectionOf(info, model.modelName);
        asked = { variableValues, parentType, batcher: batcherOf(ask()), selection };
        byField.set(fieldNodes, asked);
      }
      return asked.batcher.load(parentId, asked.selection);
    },
  };
}
