import type { mongo } from 'mongoose';
import { accessPath } from '../shared/accessPath.ts';
import type { Condition } from '../shared/condition.ts';
import { compareKeys, groupByKey, keyExpression, one, single } from '../shared/grouping.ts';
import { belongsTo, perParent } from '../shared/perParent.ts';
import { aggregate } from '../shared/read.ts';
import { groupRivals } from '../shared/rivals.ts';
import type { RecognitionGroupBy, RecognitionTotals } from './__generated__/types.ts';
import { RecognitionModel, type RecognitionRow } from './models/Recognition.ts';
import { recognitionOrders } from './orders.ts';

const expressions = {
  FORM: { as: 'form', value: single('forms') },
  ISSUER_LEVEL: { as: 'issuerLevel', value: single('issuerLevels') },
  ISSUER: { as: 'issuerId', value: single('issuerIds') },
  AWARD_YEAR: { as: 'awardYear', value: one('awardYear') },
  CONFERRED_YEAR: {
    as: 'conferredYear',
    value: {
      $cond: [
        { $eq: ['$latestFirst', ''] },
        null,
        { $toInt: { $substrBytes: ['$latestFirst', 0, 4] } },
      ],
    },
  },
  UNIT: { as: 'unitId', value: one('unitId') },
  CAMPAIGN: { as: 'campaignId', value: one('campaignId') },
  ACTIVITY: { as: 'activityId', value: one('activityId') },
};

/** The values of a group; those that were not asked for are missing. */
interface Key extends Partial<
  Pick<RecognitionRow, 'unitId' | 'campaignId' | 'activityId' | 'awardYear'>
> {
  form?: RecognitionRow['forms'][number] | null;
  issuerLevel?: RecognitionRow['issuerLevels'][number] | null;
  issuerId?: string | null;
  conferredYear?: number | null;
}

/** One group of statements that count, of one parent where parents were given. */
export interface RecognitionAggregateRow {
  parent: string | null;
  key: Key;
  totals: RecognitionTotals;
}

/** What a group is told apart by: the parent, and the values asked for. */
interface GroupId {
  parent: string | null;
  key: Key;
}

/** A statement that may be part, whole or rival of another one. */
interface LinkedStatement extends GroupId {
  _id: string;
  counts: RecognitionRow['counts'];
  wholeIds: string[];
  conflictsWithIds: string[];
}

interface PlainGroup {
  _id: GroupId;
  recognitions: number;
  collectives: number;
  individuals: number;
  withoutCounts: number;
}

export const noTotals: RecognitionTotals = {
  recognitions: 0,
  collectivesMin: 0,
  collectivesMax: 0,
  individualsMin: 0,
  individualsMax: 0,
  withoutCounts: 0,
};

/** Which statements are summed, by what. */
export interface RecognitionSums {
  groupBy: readonly RecognitionGroupBy[];
  conditions: readonly Condition[];
  /** Sums for each of these parents alone: what counts is settled among its own statements. */
  parents?: { field: string; ids: readonly string[] };
}

const statesNoNumber = {
  $and: [
    { $eq: [{ $ifNull: ['$counts.collectives', null] }, null] },
    { $eq: [{ $ifNull: ['$counts.individuals', null] }, null] },
  ],
};

async function readStatements({ groupBy, conditions, parents }: RecognitionSums) {
  const belonging = parents && { parentField: parents.field };
  const { stages, hint } = accessPath(
    RecognitionModel,
    belonging ? [belongsTo(belonging, parents.ids), ...conditions] : conditions,
    recognitionOrders.CONFERRED_DESC,
  );
  const parent = parents ? '$parent' : { $literal: null };
  const key = keyExpression(groupBy, expressions);
  const pipeline: mongo.BSON.Document[] = [
    ...stages,
    ...(belonging ? perParent(RecognitionModel, belonging, parents.ids) : []),
    {
      // The many statements that stand alone are summed where they are; the few that are linked to
      // others are judged here.
      $facet: {
        plain: [
          { $match: { isPlain: true } },
          {
            $group: {
              _id: { parent, key },
              recognitions: { $sum: 1 },
              collectives: { $sum: '$counts.collectives' },
              individuals: { $sum: '$counts.individuals' },
              withoutCounts: { $sum: { $cond: [statesNoNumber, 1, 0] } },
            },
          },
        ],
        linked: [
          { $match: { isPlain: false } },
          { $project: { parent, key, counts: 1, wholeIds: 1, conflictsWithIds: 1 } },
        ],
      },
    },
  ];
  const [answer] = await aggregate<{ plain: PlainGroup[]; linked: LinkedStatement[] }>(
    RecognitionModel,
    pipeline,
    2,
    hint,
  );
  return answer ?? { plain: [], linked: [] };
}

/** Leaves out what is part of a statement that counts itself, at any depth. */
function settle(statements: readonly LinkedStatement[]): LinkedStatement[] {
  const ids = new Set(statements.map(({ _id }) => _id));
  return statements.filter(({ wholeIds }) => !wholeIds.some((whole) => ids.has(whole)));
}

/** Least and greatest of the figures that rivals state; a figure that none states adds nothing. */
function range(stated: readonly (number | null | undefined)[]): { min: number; max: number } {
  const figures = stated.filter((figure) => figure !== null && figure !== undefined);
  return figures.length
    ? { min: Math.min(...figures), max: Math.max(...figures) }
    : { min: 0, max: 0 };
}

/** Counts statements that tell one thing as one. */
function totalOfRivals(rivals: readonly LinkedStatement[]): RecognitionTotals {
  const collectives = range(rivals.map(({ counts }) => counts.collectives));
  const individuals = range(rivals.map(({ counts }) => counts.individuals));
  const isStated = rivals.some(
    ({ counts }) => typeof (counts.collectives ?? counts.individuals) === 'number',
  );
  return {
    recognitions: 1,
    collectivesMin: collectives.min,
    collectivesMax: collectives.max,
    individualsMin: individuals.min,
    individualsMax: individuals.max,
    withoutCounts: isStated ? 0 : 1,
  };
}

const add = (a: RecognitionTotals, b: RecognitionTotals): RecognitionTotals => ({
  recognitions: a.recognitions + b.recognitions,
  collectivesMin: a.collectivesMin + b.collectivesMin,
  collectivesMax: a.collectivesMax + b.collectivesMax,
  individualsMin: a.individualsMin + b.individualsMin,
  individualsMax: a.individualsMax + b.individualsMax,
  withoutCounts: a.withoutCounts + b.withoutCounts,
});

const totalOfPlain = ({ recognitions, collectives, individuals, withoutCounts }: PlainGroup) => ({
  recognitions,
  collectivesMin: collectives,
  collectivesMax: collectives,
  individualsMin: individuals,
  individualsMax: individuals,
  withoutCounts,
});

/**
 * Sums the statements that meet `conditions`, by the values asked for. What counts is settled
 * first: a breakdown is left out when what it is part of counts itself. Then, in each group, rivals
 * are one and give a range. A group with nothing in it is not returned. One command.
 */
export async function aggregateRecognitions(
  sums: RecognitionSums,
): Promise<RecognitionAggregateRow[]> {
  const { plain, linked } = await readStatements(sums);
  const groups = new Map<string, RecognitionAggregateRow>();
  const addTo = ({ parent, key }: GroupId, totals: RecognitionTotals) => {
    const id = JSON.stringify([parent, key]);
    groups.set(id, { parent, key, totals: add(groups.get(id)?.totals ?? noTotals, totals) });
  };
  for (const group of plain) addTo(group._id, totalOfPlain(group));
  const counted = [...groupByKey(linked, ({ parent }) => String(parent)).values()].flatMap(settle);
  const byGroup = groupByKey(counted, ({ parent, key }) => JSON.stringify([parent, key]));
  for (const statements of byGroup.values()) {
    for (const rivals of groupRivals(statements))
      addTo(statements[0] as LinkedStatement, totalOfRivals(rivals));
  }
  return [...groups.values()].sort((a, b) => compareKeys({ ...a.key }, { ...b.key }));
}
