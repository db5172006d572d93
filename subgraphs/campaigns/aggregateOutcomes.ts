import { accessPath } from '../shared/accessPath.ts';
import type { Condition } from '../shared/condition.ts';
import { compareKeys, groupByKey, keyExpression, one, single } from '../shared/grouping.ts';
import { aggregate } from '../shared/read.ts';
import { groupRivals } from '../shared/rivals.ts';
import type { OutcomeGroupBy } from './__generated__/types.ts';
import { OutcomeModel } from './models/Outcome.ts';
import { outcomeOrders } from './orders.ts';

const expressions = {
  METRIC: { as: 'metricCode', value: one('metricCode') },
  YEAR: { as: 'year', value: single('years') },
  UNIT: { as: 'unitId', value: one('unitId') },
  PROVINCE: { as: 'provinceId', value: one('provinceId') },
  CAMPAIGN: { as: 'campaignId', value: one('campaignId') },
  ACTIVITY: { as: 'activityId', value: one('activityId') },
  SOURCE: { as: 'sourceId', value: single('sourceIds') },
};

/** The values of a group; those that were not asked for are missing. */
type Key = Partial<
  Record<
    'metricCode' | 'unitId' | 'provinceId' | 'campaignId' | 'activityId' | 'sourceId',
    string | null
  >
> & {
  year?: number | null;
};

/** What is known of a group: how many figures, between what sums, in which units of measure. */
interface Sum {
  key: Key;
  count: number;
  min: number;
  max: number;
  isApproximate: boolean;
  isAdditive: boolean;
  measuredIn: string[];
}

/** A figure that may be part, whole or rival of another one. */
interface LinkedFigure {
  _id: string;
  key: Key;
  value: number;
  isApproximate: boolean;
  isAdditive: boolean;
  measuredIn: string;
  wholeIds: string[];
  conflictsWithIds: string[];
}

interface Answer {
  plain: {
    _id: Key;
    count: number;
    sum: number;
    approximate: number;
    shares: number;
    measuredIn: string[];
  }[];
  linked: LinkedFigure[];
}

const isApproximate = {
  $or: [{ $ne: ['$measure.qualifier', 'EXACT'] }, { $eq: ['$listIsOpen', true] }],
};
const countIf = (condition: object) => ({ $sum: { $cond: [condition, 1, 0] } });

async function readFigures(groupBy: readonly OutcomeGroupBy[], conditions: readonly Condition[]) {
  const { stages, hint } = accessPath(OutcomeModel, conditions, outcomeOrders.METRIC);
  const key = keyExpression(groupBy, expressions);
  const [answer] = await aggregate<Answer>(
    OutcomeModel,
    [
      ...stages,
      {
        // The many figures that stand alone are summed where they are; the few that are linked
        // to others are judged here.
        $facet: {
          plain: [
            { $match: { isPlain: true } },
            {
              $group: {
                _id: key,
                count: { $sum: 1 },
                sum: { $sum: '$value' },
                approximate: countIf(isApproximate),
                shares: countIf({ $eq: ['$isAdditive', false] }),
                measuredIn: { $addToSet: '$measuredIn' },
              },
            },
          ],
          linked: [
            { $match: { isPlain: false } },
            {
              $project: {
                key,
                value: 1,
                isApproximate,
                isAdditive: 1,
                measuredIn: 1,
                wholeIds: 1,
                conflictsWithIds: 1,
              },
            },
          ],
        },
      },
    ],
    2,
    hint,
  );
  return answer ?? { plain: [], linked: [] };
}

/** Sums the linked figures of one group: no part beside its whole, rivals as one. */
function sumLinked(figures: readonly LinkedFigure[]): Omit<Sum, 'key'> {
  const ids = new Set(figures.map(({ _id }) => _id));
  const counted = figures.filter(({ wholeIds }) => !wholeIds.some((whole) => ids.has(whole)));
  const rivals = groupRivals(counted).map((group) => group.map(({ value }) => value));
  return {
    count: rivals.length,
    min: rivals.reduce((sum, values) => sum + Math.min(...values), 0),
    max: rivals.reduce((sum, values) => sum + Math.max(...values), 0),
    isApproximate: counted.some((figure) => figure.isApproximate),
    isAdditive: counted.every((figure) => figure.isAdditive),
    measuredIn: counted.map((figure) => figure.measuredIn),
  };
}

function combine(a: Sum, b: Omit<Sum, 'key'>): Sum {
  return {
    key: a.key,
    count: a.count + b.count,
    min: a.min + b.min,
    max: a.max + b.max,
    isApproximate: a.isApproximate || b.isApproximate,
    isAdditive: a.isAdditive && b.isAdditive,
    measuredIn: [...a.measuredIn, ...b.measuredIn],
  };
}

/** Sums of decimals without the noise of binary fractions: 69.15 + 0.95 is 70.1. */
const rounded = (sum: number) => Number(sum.toPrecision(12));

/**
 * Sums the figures that meet `conditions`, by the values asked for, by these rules: a part is
 * left out of the group in which its whole counts, rivals count as one and give a range, shares and
 * figures in different units of measure are never added. One command.
 */
export async function aggregateOutcomes(
  groupBy: readonly OutcomeGroupBy[],
  conditions: readonly Condition[],
) {
  const { plain, linked } = await readFigures(groupBy, conditions);
  const sums = new Map<string, Sum>();
  for (const { _id: key, count, sum, approximate, shares, measuredIn } of plain) {
    sums.set(JSON.stringify(key), {
      key,
      count,
      min: sum,
      max: sum,
      isApproximate: approximate > 0,
      isAdditive: shares === 0,
      measuredIn,
    });
  }
  for (const [id, figures] of groupByKey(linked, ({ key }) => JSON.stringify(key))) {
    const [{ key }] = figures as [LinkedFigure];
    const sum = sums.get(id);
    const added = sumLinked(figures);
    sums.set(id, sum ? combine(sum, added) : { key, ...added });
  }
  return [...sums.values()].sort((a, b) => compareKeys(a.key, b.key)).map(toAggregate);
}

/** A group of figures, as the resolvers of OutcomeAggregate get it. */
export type OutcomeAggregateRow = ReturnType<typeof toAggregate>;

function toAggregate({ key, count, min, max, isApproximate, isAdditive, measuredIn }: Sum) {
  const canBeAdded = isAdditive && new Set(measuredIn).size === 1;
  return {
    metricCode: key.metricCode,
    year: key.year,
    unit: reference(key.unitId ?? key.provinceId),
    campaignId: key.campaignId,
    activityId: key.activityId,
    sourceId: key.sourceId,
    count,
    sumMin: canBeAdded ? rounded(min) : null,
    sumMax: canBeAdded ? rounded(max) : null,
    isApproximate,
  };
}

const reference = (id: string | null | undefined) => (id ? { id } : null);
