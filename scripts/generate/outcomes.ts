import { assertAggregate } from '../../subgraphs/campaigns/assertAggregate.ts';
import type { OutcomeRow } from '../../subgraphs/campaigns/models/Outcome.ts';
import { periodFields } from '../../subgraphs/shared/derivedFields.ts';
import { reviewId, someLineId, type PlaceYear } from './activities.ts';
import { bodyOf } from './bodies.ts';
import { editionId } from './campaigns.ts';
import { createRandom, type Random } from './createRandom.ts';
import { periodOfYear } from './dates.ts';
import { ID_PREFIX } from './marks.ts';
import { toMeasure, toShare } from './measures.ts';
import { codeOf, isSensitive, metrics, scaleOf, type Metric } from './metrics.ts';
import { unitFields } from './Place.ts';
import { toSecurityModel } from './securityModels.ts';
import { citing } from './sources.ts';

/** So often a figure that can have a part beside it has one: of all figures three in a hundred are parts. */
const HAS_PART = 0.08;
/** A usual figure of a commune where people are counted, as if it were kept. */
const SENSITIVE_MEDIAN = 3;
/** Figures about people are told from this number on. */
const FEWEST_PEOPLE = 5;

/** A value around what is usual, with the heavy tail of the place's province on top of its own. */
function drawValue(metric: Metric, { place, settings: { seed } }: PlaceYear, random: Random) {
  const ofProvince = createRandom(seed, 'scale', place.province?.key ?? '').logNormal(1, 1);
  const usual = (metric.median ?? SENSITIVE_MEDIAN) * scaleOf[place.level] * ofProvince;
  return Math.max(isSensitive(metric) ? 2 * FEWEST_PEOPLE : 1, random.logNormal(usual, 0.7));
}

function toOutcome(
  work: PlaceYear,
  metric: Metric,
  measure: OutcomeRow['measure'],
  draft: { _id: string; activities: number; random: Random },
): OutcomeRow {
  const { place, year, settings } = work;
  const { _id, activities, random } = draft;
  const isInferred = random.chance(0.05);
  const { label, ...extent } = periodOfYear(year, place.validFrom);
  const activityId = random.chance(0.5) ? someLineId(work, activities, random) : undefined;
  const toldAt = random.chance(0.4) ? [reviewId(work)] : [];
  const model =
    metric.code === 'SECURITY_CAMERAS' ? toSecurityModel(place, settings)?._id : undefined;
  const outcome: OutcomeRow = {
    _id,
    ...citing(
      { place, year },
      random,
      isInferred
        ? [
            {
              field: 'period',
              reason: `«trong năm qua» is taken for ${year}, the year of the report.`,
              confidence: 'MEDIUM',
            },
          ]
        : [],
    ),
    notes: [],
    name: { vi: metric.vi, en: metric.en },
    metricCode: codeOf(metric),
    measuredIn: metric.unit.vi,
    isAdditive: !metric.isShare,
    measure,
    value: measure.value,
    ...unitFields(place),
    provinceId: place.province?.id ?? null,
    period: { label: isInferred ? 'trong năm qua' : label, ...extent, inferred: isInferred },
    ...periodFields(extent),
    campaignId: editionId(place, year),
    activityId: activityId ?? toldAt[0],
    activityIds: [...(activityId ? [activityId] : []), ...toldAt],
    modelId: model,
    contributorIds: [
      bodyOf('police', place).id,
      ...(random.chance(0.5) ? [bodyOf(random.pick(['front', 'women']), place).id] : []),
    ],
    wholeIds: [],
    listIsOpen: random.chance(0.03),
    conflictsWithIds: [],
    isPlain: true,
  };
  assertAggregate({
    _id,
    value: measure.value,
    isSensitive: isSensitive(metric),
    placeLevel: place.level,
  });
  return outcome;
}

/** Metrics that a place of the level has figures for. */
const metricsOf = ({ place: { level } }: PlaceYear) =>
  metrics.filter((metric) => level !== 'COMMUNE' || !isSensitive(metric));

/** The figures of a place in a year, `count` of them, some of them part of another; `activities` is how many that year has. */
export function* toOutcomes(
  work: PlaceYear,
  count: number,
  activities: number,
): Generator<OutcomeRow> {
  const { place, year, settings } = work;
  const idOf = (number: number) =>
    `${ID_PREFIX}out-${place.key}-${year}-${String(number).padStart(3, '0')}`;
  const available = metricsOf(work);
  const first = createRandom(settings.seed, 'metrics', place.key, year).integer(0, 99);
  for (let number = 1; number <= count; number++) {
    const _id = idOf(number);
    const random = createRandom(settings.seed, _id);
    // One metric after the other, so that a place seldom has two figures of one.
    const metric = available[(first + number) % available.length] ?? metrics[0];
    const measure = metric.isShare
      ? toShare(random)
      : toMeasure(random, drawValue(metric, work, random));
    const whole = toOutcome(work, metric, measure, { _id, activities, random });
    const hasPart =
      number < count &&
      !metric.isShare &&
      measure.value >= 2 * FEWEST_PEOPLE &&
      random.chance(HAS_PART);
    if (!hasPart) {
      yield whole;
      continue;
    }
    number += 1;
    const value = Math.floor(measure.value * (0.5 + random.next() / 2));
    const part = toOutcome(
      work,
      metric,
      { value, qualifier: 'EXACT', asPrinted: `trong đó ${value}` },
      { _id: idOf(number), activities, random },
    );
    yield { ...whole, isPlain: false };
    yield { ...part, subsetOfId: whole._id, wholeIds: [whole._id], isPlain: false };
  }
}
