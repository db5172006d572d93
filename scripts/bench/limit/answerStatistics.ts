import type { mongo } from 'mongoose';
import type { StatisticsQuestion } from '../operations/questions.ts';
import type { Collection } from './reads.ts';
import type { Collections } from './rows.ts';

type Document = mongo.BSON.Document;
type Value = string | number | null;

async function group(
  collection: Collection,
  match: Document,
  by: Document,
  sums: Document,
): Promise<Record<string, Value>[]> {
  const groups = await collection
    .aggregate<{ _id: Record<string, Value> } & Record<string, Value>>(
      [{ $match: match }, { $group: { _id: by, ...sums } }],
      { batchSize: 1_000_000 },
    )
    .toArray();
  return groups
    .map(({ _id, ...counts }) => ({ ..._id, ...counts }))
    .sort((a, b) => {
      for (const key of Object.keys(by)) {
        const order = compare(a[key] ?? null, b[key] ?? null);
        if (order) return order;
      }
      return 0;
    });
}

/** Null stands last. */
function compare(a: Value, b: Value): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}

/** Counts of a unit's organizations by kind and level, and of an organization's participations by role and year. */
export async function answerStatistics(
  { organizations, participations }: Collections,
  { unitId, organizationId }: StatisticsQuestion,
): Promise<Record<string, unknown>> {
  const year = {
    $cond: [{ $eq: [{ $size: '$years' }, 1] }, { $arrayElemAt: ['$years', 0] }, null],
  };
  const [organizationCounts, participationAggregates] = await Promise.all([
    group(
      organizations,
      { unitLineage: unitId },
      { kind: '$kind', level: '$level' },
      { count: { $sum: 1 } },
    ),
    // All of them are of one and the same organization.
    group(
      participations,
      { organizationId },
      { role: '$role', year },
      { participations: { $sum: 1 } },
    ),
  ]);
  return {
    organizationCounts,
    participationAggregates: participationAggregates.map((each) => ({ ...each, organizations: 1 })),
  };
}
