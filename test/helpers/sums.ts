import { ask } from './ask.ts';
import type { startGraph } from './graph.ts';

/** Questions for sums, as the tests of aggregation ask them. */

type Graph = Pick<Awaited<ReturnType<typeof startGraph>>, 'execute'>;
type Filter = Record<string, unknown>;

export interface Totals {
  recognitions: number;
  collectivesMin: number;
  collectivesMax: number;
  individualsMin: number;
  individualsMax: number;
  withoutCounts: number;
}

/** The selection of RecognitionTotals. */
export const TOTALS =
  '{ recognitions collectivesMin collectivesMax individualsMin individualsMax withoutCounts }';

/** What each value of RecognitionGroupBy tells of a group. */
const recognitionKeys = {
  FORM: 'form',
  ISSUER_LEVEL: 'issuerLevel',
  ISSUER: 'issuer { id }',
  AWARD_YEAR: 'awardYear',
  CONFERRED_YEAR: 'conferredYear',
  UNIT: 'unit { id }',
  CAMPAIGN: 'campaign { id }',
  ACTIVITY: 'activity { id }',
};

/** What each value of OutcomeGroupBy tells of a group. */
const outcomeKeys = {
  METRIC: 'metric { code }',
  YEAR: 'year',
  UNIT: 'unit { id }',
  PROVINCE: 'unit { id }',
  CAMPAIGN: 'campaign { id }',
  ACTIVITY: 'activity { id }',
  SOURCE: 'source { id }',
};

export type RecognitionGroupBy = keyof typeof recognitionKeys;
export type OutcomeGroupBy = keyof typeof outcomeKeys;

export async function recognitionTotals(graph: Graph, filter: Filter): Promise<Totals> {
  const answer = await ask<{ recognitionTotals: Totals }>(
    graph,
    `query ($filter: RecognitionFilter) { recognitionTotals(filter: $filter) ${TOTALS} }`,
    { filter },
  );
  return answer.recognitionTotals;
}

/** A group of recognitions: what it is told apart by, and its totals. */
export type RecognitionGroup = { totals: Totals } & Record<string, unknown>;

export async function recognitionGroups(
  graph: Graph,
  groupBy: readonly RecognitionGroupBy[],
  filter: Filter,
): Promise<RecognitionGroup[]> {
  const answer = await ask<{ recognitionAggregates: RecognitionGroup[] }>(
    graph,
    `query ($groupBy: [RecognitionGroupBy!]!, $filter: RecognitionFilter) {
      recognitionAggregates(groupBy: $groupBy, filter: $filter) {
        ${groupBy.map((by) => recognitionKeys[by]).join(' ')} totals ${TOTALS}
      }
    }`,
    { groupBy, filter },
  );
  return answer.recognitionAggregates;
}

/** A group of figures: what it is told apart by, and its sums. */
export type OutcomeGroup = {
  count: number;
  sumMin: number | null;
  sumMax: number | null;
  isApproximate: boolean;
} & Record<string, unknown>;

export async function outcomeGroups(
  graph: Graph,
  groupBy: readonly OutcomeGroupBy[],
  filter: Filter,
): Promise<OutcomeGroup[]> {
  const answer = await ask<{ outcomeAggregates: OutcomeGroup[] }>(
    graph,
    `query ($groupBy: [OutcomeGroupBy!]!, $filter: OutcomeFilter) {
      outcomeAggregates(groupBy: $groupBy, filter: $filter) {
        ${groupBy.map((by) => outcomeKeys[by]).join(' ')} count sumMin sumMax isApproximate
      }
    }`,
    { groupBy, filter },
  );
  return answer.outcomeAggregates;
}
