import type { mongo } from 'mongoose';

type Document = mongo.BSON.Document;

/** The values that tell a group from the others; null where a record has none, or several. */
export type GroupKey = Record<string, string | number | null>;

/** The expression of a group value that a record has once at most. */
export const one = (field: string): Document => ({ $ifNull: [`$${field}`, null] });

/** The expression of a group value that a record may have several times: several fall in the group with null. */
export const single = (field: string): Document => ({
  $cond: [{ $eq: [{ $size: `$${field}` }, 1] }, { $arrayElemAt: [`$${field}`, 0] }, null],
});

/** The key of a group as the database is asked to make it, from the values asked for. */
export function keyExpression<By extends string>(
  groupBy: readonly By[],
  expressions: Record<By, { as: string; value: Document }>,
): Document {
  // MongoDB takes an empty document in $project for a mistake.
  if (!groupBy.length) return { $literal: {} };
  return Object.fromEntries(groupBy.map((by) => [expressions[by].as, expressions[by].value]));
}

function compareValues(a: string | number | null, b: string | number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}

/** Orders groups by their values, in the order of the key's parts; null stands last. */
export function compareKeys(a: GroupKey, b: GroupKey): number {
  for (const part of Object.keys(a)) {
    const order = compareValues(a[part] ?? null, b[part] ?? null);
    if (order) return order;
  }
  return 0;
}

/** Puts items with the same key together, in the order in which keys first occur. */
export function groupByKey<TItem>(
  items: readonly TItem[],
  keyOf: (item: TItem) => string,
): Map<string, TItem[]> {
  const groups = new Map<string, TItem[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
