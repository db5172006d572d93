import { accessPath } from '../shared/accessPath.ts';
import type { Condition } from '../shared/condition.ts';
import { compareKeys, keyExpression, one, single } from '../shared/grouping.ts';
import { oneBatch } from '../shared/oneBatch.ts';
import { aggregate } from '../shared/read.ts';
import type { ParticipationGroupBy } from './__generated__/types.ts';
import { ParticipationModel, type ParticipationRow } from './models/Participation.ts';
import { participationsById } from './orders.ts';

const expressions = {
  ORGANIZATION_KIND: { as: 'organizationKind', value: one('organizationKind') },
  ROLE: { as: 'role', value: one('role') },
  CAMPAIGN: { as: 'campaignId', value: one('campaignId') },
  ACTIVITY: { as: 'activityId', value: one('activityId') },
  YEAR: { as: 'year', value: single('years') },
};

/** The values of a group; those that were not asked for are missing. */
type Key = Partial<
  Pick<ParticipationRow, 'organizationKind' | 'role' | 'campaignId' | 'activityId'>
> & { year?: number | null };

interface Counts {
  participations: number;
  organizations: number;
  officials: number;
}

/** A group of participations, as the resolvers of ParticipationAggregate get it. */
export type ParticipationAggregateRow = Key & Counts;

/** The number of different values in a set that may also hold null, for records without one. */
const distinct = (set: string) => ({ $size: { $setDifference: [set, [null]] } });

/**
 * Counts the participations that meet `conditions`, and the different organizations and officials
 * in them, by the values asked for. One command.
 */
export async function aggregateParticipations(
  groupBy: readonly ParticipationGroupBy[],
  conditions: readonly Condition[],
): Promise<ParticipationAggregateRow[]> {
  const { stages, hint } = accessPath(ParticipationModel, conditions, participationsById);
  const groups = await aggregate<{ _id: Key } & Counts>(
    ParticipationModel,
    [
      ...stages,
      {
        $group: {
          _id: keyExpression(groupBy, expressions),
          participations: { $sum: 1 },
          organizations: { $addToSet: one('organizationId') },
          officials: { $addToSet: one('officialId') },
        },
      },
      {
        $set: { organizations: distinct('$organizations'), officials: distinct('$officials') },
      },
    ],
    oneBatch.batchSize,
    hint,
  );
  return groups
    .sort((a, b) => compareKeys(a._id, b._id))
    .map(({ _id, ...counts }) => ({ ..._id, ...counts }));
}
