import type { OutcomeMetricRow } from '../../subgraphs/campaigns/models/OutcomeMetric.ts';
import { toOutcomeRow } from '../../subgraphs/campaigns/rows/toOutcomeRow.ts';
import { toHead, toInferences, toMeasure, toNotes, toPeriod, toText } from './factValues.ts';
import type { Fact } from './factsSchema.ts';
import { createWholes } from './createWholes.ts';
import type { Lineage } from '../../subgraphs/shared/Lineage.ts';

/** Metrics that count people, by code or by the beginning of their code. */
const COUNTS_PEOPLE = /^(COMMUNITY_EDUCATION_|BORDER_CROSSERS_CAUGHT$|INFORMATION_REPORTS$)/;

/** A share says nothing about another place's share: only counts and weights are added up. */
const isShare = ({ unitVi }: Fact<'outcomes'>) => unitVi === '%';

function toMetric(outcome: Fact<'outcomes'>): OutcomeMetricRow {
  return {
    _id: outcome.metric,
    name: toText(outcome.nameVi, outcome.nameEn),
    unit: toText(outcome.unitVi, outcome.unitEn),
    isAdditive: !isShare(outcome),
    isSensitive: COUNTS_PEOPLE.test(outcome.metric),
  };
}

/**
 * The published figures and their metrics. A metric is named after its first figure.
 */
export function toOutcomes(facts: readonly Fact<'outcomes'>[], lineage: Lineage) {
  const metrics = new Map<string, OutcomeMetricRow>();
  for (const fact of facts) {
    if (!metrics.has(fact.metric)) metrics.set(fact.metric, toMetric(fact));
  }
  const wholesOf = createWholes(facts, 'subsetOf');
  const wholes = new Set(facts.map(({ subsetOf }) => subsetOf));
  const outcomes = facts.map((fact) =>
    toOutcomeRow(
      {
        inferences: toInferences(fact.inferences),
        ...toNotes(fact),
        name: toText(fact.nameVi, fact.nameEn),
        metricCode: fact.metric,
        measure: toMeasure(fact),
        unitId: fact.place,
        period: toPeriod(fact.period),
        campaignId: fact.campaign,
        activityId: fact.activity,
        eventId: fact.event,
        modelId: fact.model,
        contributorIds: fact.actors ?? [],
        subsetOfId: fact.subsetOf,
        listIsOpen: fact.nonExhaustiveList ?? false,
        // No article of the data set contradicts another, or itself, on an outcome.
        conflictsWithIds: [],
      },
      toHead(fact),
      {
        measuredIn: fact.unitVi,
        isAdditive: !isShare(fact),
        places: lineage,
        wholeIds: wholesOf(fact.id),
        isWhole: wholes.has(fact.id),
      },
    ),
  );
  return { outcomes, metrics: [...metrics.values()] };
}
