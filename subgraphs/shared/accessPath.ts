import type { mongo } from 'mongoose';
import type { AnyModel } from './AnyModel.ts';
import { toFilter, type Condition } from './condition.ts';
import type { Order } from './order.ts';

type Document = mongo.BSON.Document;

/** How a query reaches its documents: the stages that open its pipeline, and the index when they name none. */
export interface AccessPath {
  stages: Document[];
  hint?: mongo.IndexSpecification;
}

type IndexKeys = Record<string, unknown>;

const indexesOf = new WeakMap<AnyModel, readonly IndexKeys[]>();

/** The indexes that a model declares, collected from its schema once. */
function declaredIndexes(model: AnyModel): readonly IndexKeys[] {
  const indexes = indexesOf.get(model) ?? [
    { _id: 1 },
    ...model.schema.indexes().map(([keys]) => keys),
  ];
  indexesOf.set(model, indexes);
  return indexes;
}

/**
 * Chooses the index that answers `conditions`: the one with most leading fields among them, the
 * first declared of equals (models declare the most selective first), else the one of `order`.
 *
 * The part that the index answers is a `$match` of its own, and without such a part the order's
 * index is named. MongoDB's optimizer joins the stages again and loses nothing; SecantusDB's finds
 * an index only for a `$match` that the index answers alone, and would scan the collection.
 *
 * Throws when no index serves: that is a fault of the model, not of the caller.
 */
export function accessPath(
  model: AnyModel,
  conditions: readonly Condition[],
  order: Order,
): AccessPath {
  const chosen = declaredIndexes(model)
    .map((keys) => leadingConditions(keys, conditions))
    .reduce((best, candidate) => (candidate.length > best.length ? candidate : best));
  const rest = conditions.filter((condition) => !chosen.includes(condition)).map(toFilter);
  const stages = [
    ...(chosen.length ? [{ $match: Object.assign({}, ...chosen.map(toFilter)) as Document }] : []),
    ...(rest.length ? [{ $match: { $and: rest } }] : []),
  ];
  return chosen.length ? { stages } : { stages, hint: orderIndex(model, order) };
}

function leadingConditions(keys: IndexKeys, conditions: readonly Condition[]): Condition[] {
  const leading: Condition[] = [];
  for (const field of Object.keys(keys)) {
    const condition = conditions.find((each) => 'field' in each && each.field === field);
    if (!condition) break;
    leading.push(condition);
  }
  return leading;
}

function orderIndex(model: AnyModel, { name, fields }: Order): mongo.IndexSpecification {
  const wanted = fields.map(([field]) => field).join();
  const keys = declaredIndexes(model).find((each) => Object.keys(each).join() === wanted);
  if (!keys) throw new Error(`${model.modelName} has no index for the order ${name} (${wanted})`);
  return keys as mongo.IndexSpecification;
}
