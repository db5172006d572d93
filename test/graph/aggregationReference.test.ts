import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Fact } from '../../scripts/seed/factsSchema.ts';
import { ask } from '../helpers/ask.ts';
import { citing, createRecords } from '../helpers/factories.ts';
import { startGraph } from '../helpers/graph.ts';
import { sumOutcomes, sumRecognitions } from '../helpers/naiveSums.ts';
import {
  outcomeGroups,
  recognitionGroups,
  TOTALS,
  type OutcomeGroup,
  type OutcomeGroupBy,
  type RecognitionGroupBy,
  type Totals,
} from '../helpers/sums.ts';

/** Random records under random conditions, against the rules written down naively. */

let graph: Awaited<ReturnType<typeof startGraph>>;

beforeAll(async () => {
  graph = await startGraph();
});

afterAll(() => graph?.close());

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
/** For conditions: most are not asked, so that something is found. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
/** Some of the values, seldom none. */
const someOf = <T>(values: readonly T[]) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.subarray([...values], { minLength: 1 }) },
    { weight: 1, arbitrary: fc.constant<T[]>([]) },
  );
const year = fc.integer({ min: 2019, max: 2021 });
const figure = fc.integer({ min: 0, max: 30 });
const aDay = fc.constantFrom('2019', '2019-11', '2020', '2020-12-31');
const aLaterDay = fc.constantFrom('2020-12-31', '2021', '2021-02');

/** Links between records of a list: which one each is part of, and which pairs contradict. */
const links = fc.record({
  wholes: fc.array(maybe(fc.nat(7)), { minLength: 8, maxLength: 8 }),
  partsFirst: fc.boolean(),
  rivals: fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 4 }),
});
type Links = typeof links extends fc.Arbitrary<infer T> ? T : never;

/** Gives records their wholes, each among those before (or after) it, so that none is part of itself. */
function linkWholes<TRecord extends { id: string }>(
  records: readonly TRecord[],
  { wholes, partsFirst }: Links,
  setWhole: (record: TRecord, whole: string) => void,
): void {
  const ordered = partsFirst ? [...records].reverse() : records;
  ordered.forEach((record, index) => {
    const whole = wholes[index];
    const chosen = whole === undefined || index === 0 ? undefined : ordered[whole % index];
    if (chosen) setWhole(record, chosen.id);
  });
}

/** For each record, the earlier ones that it contradicts. */
const rivalsOf = (index: number, ids: readonly string[], { rivals }: Links) =>
  [
    ...new Set(
      rivals
        .filter(([a, b]) => Math.max(a, b) === index && a !== b)
        .map(([a, b]) => Math.min(a, b)),
    ),
  ].flatMap((rival) => ids[rival] ?? []);

/** A small world: a region with a province, a commune in it, two campaigns, three organizations. */
function createWorld() {
  const records = createRecords();
  const sources = [records.createSource().id, records.createSource().id];
  const region = records.createUnit({ level: 'REGION', unitType: 'VUNG' }).id;
  const province = records.createUnit({ parent: region }).id;
  const commune = records.createUnit({ level: 'COMMUNE', unitType: 'XA', parent: province }).id;
  return {
    ...records,
    sources,
    units: [region, province, commune],
    campaigns: [records.createCampaign().id, records.createCampaign().id],
    organizations: [1, 2, 3].map(() => records.createOrganization().id),
  };
}

const pick = <T>(items: readonly T[], index: number | undefined) =>
  index === undefined ? undefined : items[index];
const pickAll = <T>(items: readonly T[], indexes: readonly number[] | undefined) =>
  indexes?.flatMap((index) => items[index] ?? []);

const place = {
  unit: maybe(fc.nat(2)),
  campaign: maybe(fc.nat(1)),
};
const placeAsked = {
  campaigns: seldom(someOf([0, 1])),
  units: seldom(someOf([0, 1, 2])),
  includeDescendants: maybe(fc.boolean()),
};

const FORMS = ['BANG_KHEN', 'GIAY_KHEN', 'CO_THI_DUA'] as const;
const LEVELS = ['CENTRAL', 'PROVINCE'] as const;

const statement = fc.record({
  ...place,
  forms: fc.oneof(
    fc.constantFrom(...FORMS).map((form) => [form]),
    fc.subarray([...FORMS], { minLength: 1 }),
  ),
  issuers: fc.array(fc.record({ organization: fc.nat(2), level: fc.constantFrom(...LEVELS) }), {
    maxLength: 2,
  }),
  counts: fc.record({ collectives: maybe(figure), individuals: maybe(figure) }),
  awardYear: maybe(year),
  conferredOn: maybe(fc.constantFrom('2020', '2020-11', '2021-01-05')),
});

const recognitionCase = fc.record({
  statements: fc.array(statement, { minLength: 1, maxLength: 8 }),
  links,
  groupBy: fc.uniqueArray(
    fc.constantFrom<RecognitionGroupBy>(
      'FORM',
      'ISSUER_LEVEL',
      'ISSUER',
      'AWARD_YEAR',
      'CONFERRED_YEAR',
      'UNIT',
      'CAMPAIGN',
      'ACTIVITY',
    ),
    { maxLength: 3 },
  ),
  asked: fc.record({
    ...placeAsked,
    form: fc.oneof(fc.constant(undefined), someOf(FORMS)),
    issuer: seldom(fc.nat(2)),
    issuerLevel: seldom(someOf(LEVELS)),
    awardYear: seldom(year),
    isDisputed: seldom(fc.boolean()),
  }),
});

const noTotals: Totals = {
  recognitions: 0,
  collectivesMin: 0,
  collectivesMax: 0,
  individualsMin: 0,
  individualsMax: 0,
  withoutCounts: 0,
};

/** The totals of two campaigns, asked for in one request. */
async function totalsPerCampaign([first, second]: string[], filter: object): Promise<Totals[]> {
  type Answer = Record<'first' | 'second', { recognitionTotals: Totals }>;
  const answer = await ask<Answer>(
    graph,
    `query ($first: ID!, $second: ID!, $filter: RecognitionFilter) {
      first: campaign(id: $first) { recognitionTotals(filter: $filter) ${TOTALS} }
      second: campaign(id: $second) { recognitionTotals(filter: $filter) ${TOTALS} }
    }`,
    { first, second, filter: { ...filter, campaignIds: undefined } },
  );
  return [answer.first.recognitionTotals, answer.second.recognitionTotals];
}

/** Groups in any order, to be compared as sets. */
const sorted = (groups: readonly object[]) =>
  groups.map((group) => JSON.stringify(Object.entries(group).sort())).sort();

it('totals of recognitions follow the rules, whatever the records and the conditions', async () => {
  await fc.assert(
    fc.asyncProperty(recognitionCase, async ({ statements, links, groupBy, asked }) => {
      const world = createWorld();
      const provenance = citing(world.sources[0] ?? '');
      const events = [world.createEvent().id, undefined];
      const recognitions: Fact<'recognitions'>[] = [];
      for (const [index, { issuers, counts, unit, campaign, ...rest }] of statements.entries()) {
        const ids = recognitions.map(({ id }) => id);
        const created = world.createRecognition({
          ...rest,
          provenance,
          issuers: issuers.map(({ organization, level }) => ({
            organization: world.organizations[organization] ?? '',
            level,
          })),
          counts: { status: 'STATED', ...counts },
          place: pick(world.units, unit),
          campaign: pick(world.campaigns, campaign),
          event: events[index % 2],
          conflictsWith: rivalsOf(index, ids, links),
        });
        recognitions.push(created);
      }
      linkWholes(recognitions, links, (each, whole) => (each.breakdownOf = whole));
      await world.store();

      const conditions = {
        form: asked.form,
        issuerId: pick(world.organizations, asked.issuer),
        issuerLevel: asked.issuerLevel,
        awardYear: asked.awardYear,
        isDisputed: asked.isDisputed,
        campaignIds: pickAll(world.campaigns, asked.campaigns),
        unitIds: pickAll(world.units, asked.units),
        includeDescendants: asked.includeDescendants,
      };
      const filter = { ...conditions, sourceId: world.sources[0] };
      const expected = (by: RecognitionGroupBy[], only: Partial<typeof conditions> = {}) =>
        sumRecognitions(recognitions, world.facts.places, by, { ...conditions, ...only });

      const groups = await recognitionGroups(graph, groupBy, filter);
      expect(sorted(groups)).toEqual(sorted(expected(groupBy)));
      expect(await totalsPerCampaign(world.campaigns, filter)).toEqual(
        world.campaigns.map((id) => expected([], { campaignIds: [id] })[0]?.totals ?? noTotals),
      );
    }),
    { numRuns: 80 },
  );
});

const METRICS = ['SESSIONS', 'WEAPONS'] as const;
const UNITS = ['buổi', 'kg', '%'] as const;
const QUALIFIERS = ['EXACT', 'NEARLY', 'MORE_THAN'] as const;

const published = fc.record({
  ...place,
  metric: fc.constantFrom(...METRICS),
  value: fc.constantFrom(1, 2, 5, 10, 0.95, 69.15, 1447),
  // Mostly alike, so that there is something to add.
  unitVi: fc.constantFrom(...UNITS, 'buổi', 'buổi', 'buổi', 'buổi'),
  qualifier: fc.constantFrom(...QUALIFIERS, 'EXACT', 'EXACT', 'EXACT'),
  nonExhaustiveList: fc.constantFrom(false, false, true),
  period: fc.record({ label: fc.constant(null), from: maybe(aDay), to: maybe(aLaterDay) }),
  sources: fc.subarray([0, 1], { minLength: 1 }),
});

const outcomeCase = fc.record({
  figures: fc.array(published, { minLength: 1, maxLength: 8 }),
  links,
  groupBy: fc.uniqueArray(
    fc.constantFrom<OutcomeGroupBy>('METRIC', 'YEAR', 'UNIT', 'CAMPAIGN', 'ACTIVITY', 'SOURCE'),
    { maxLength: 3 },
  ),
  asked: fc.record({
    ...placeAsked,
    metric: seldom(someOf(METRICS)),
    year: seldom(year),
    qualifier: seldom(someOf(QUALIFIERS)),
  }),
});

/** The same group with its sums freed of the noise of binary fractions. */
const rounded = ({ sumMin, sumMax, ...group }: OutcomeGroup) => ({
  ...group,
  sumMin: sumMin === null ? null : sumMin.toFixed(6),
  sumMax: sumMax === null ? null : sumMax.toFixed(6),
});

it('sums of figures follow the rules, whatever the records and the conditions', async () => {
  await fc.assert(
    fc.asyncProperty(outcomeCase, async ({ figures, links, groupBy, asked }) => {
      const world = createWorld();
      const metricOf = new Map(METRICS.map((metric) => [metric, `${metric}_${world.sources[0]}`]));
      const activities = [world.createActivity().id, undefined];
      const rivals: string[][] = [];
      const created: Fact<'outcomes'>[] = [];
      for (const [index, { unit, campaign, sources, metric, ...rest }] of figures.entries()) {
        const conflictsWith = rivalsOf(
          index,
          created.map(({ id }) => id),
          links,
        );
        rivals.push(conflictsWith);
        created.push(
          world.createOutcome({
            ...rest,
            metric: metricOf.get(metric),
            provenance: citing(...(pickAll(world.sources, sources) ?? [])),
            place: pick(world.units, unit ?? 0),
            campaign: pick(world.campaigns, campaign),
            activity: activities[index % 2],
            conflictsWith,
          }),
        );
      }
      linkWholes(created, links, (each, whole) => (each.subsetOf = whole));
      await world.store();

      const conditions = {
        // Metrics of this world alone, so that no other figure is found.
        metric: (asked.metric ?? METRICS).map((metric) => metricOf.get(metric) ?? ''),
        year: asked.year,
        qualifier: asked.qualifier,
        campaignIds: pickAll(world.campaigns, asked.campaigns),
        unitIds: pickAll(world.units, asked.units),
        includeDescendants: asked.includeDescendants,
      };
      const outcomes = created.map((each, index) => ({ ...each, conflictsWith: rivals[index] }));
      for (const by of [groupBy, [], ['PROVINCE'] as const]) {
        const groups = await outcomeGroups(graph, by, conditions);
        const expected = sumOutcomes(outcomes, world.facts.places, by, conditions);
        expect(sorted(groups.map(rounded))).toEqual(sorted(expected.map(rounded)));
      }
    }),
    { numRuns: 80 },
  );
});
