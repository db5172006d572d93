import type { Fact } from '../../scripts/seed/factsSchema.ts';
import type { OutcomeGroup, OutcomeGroupBy, RecognitionGroupBy, Totals } from './sums.ts';

/**
 * The rules of aggregation once more, as they are worded, record by record and without a thought
 * for speed: what the graph answers is compared with this. It shares no code with the graph.
 */

type Statement = Fact<'recognitions'>;
type Figure = Fact<'outcomes'> & { conflictsWith?: readonly string[] };
type Unit = Fact<'places'>;
type Key = Record<string, unknown>;

/** The conditions that the tests ask under. */
export interface RecognitionConditions {
  form?: string[] | undefined;
  issuerId?: string | undefined;
  issuerLevel?: string[] | undefined;
  awardYear?: number | undefined;
  isDisputed?: boolean | undefined;
  campaignIds?: string[] | undefined;
  unitIds?: string[] | undefined;
  includeDescendants?: boolean | undefined;
}

export interface OutcomeConditions {
  metric?: string[] | undefined;
  year?: number | undefined;
  qualifier?: string[] | undefined;
  campaignIds?: string[] | undefined;
  unitIds?: string[] | undefined;
  includeDescendants?: boolean | undefined;
}

/** The unit and all above it. */
function placesOf(id: string | undefined, units: readonly Unit[]): Unit[] {
  const unit = units.find((each) => each.id === id);
  return unit ? [unit, ...placesOf(unit.parent, units)] : [];
}

interface Placed {
  campaign?: string | undefined;
  place?: string | undefined;
}

function liesWhereAsked(
  { campaign, place }: Placed,
  { campaignIds, unitIds, includeDescendants }: RecognitionConditions | OutcomeConditions,
  units: readonly Unit[],
): boolean {
  if (campaignIds && !campaignIds.some((id) => id === campaign)) return false;
  if (!unitIds) return true;
  const places =
    includeDescendants === false ? [place] : placesOf(place, units).map(({ id }) => id);
  return places.some((id) => id !== undefined && unitIds.includes(id));
}

const onlyOne = <Item>(items: readonly Item[]) => {
  const different = [...new Set(items)];
  return different.length === 1 ? different[0] : null;
};

/** Lists of what contradicts one another, directly or by way of others in the list. */
function tellingTheSame<
  TRecord extends { id: string; conflictsWith?: readonly string[] | undefined },
>(records: readonly TRecord[]): TRecord[][] {
  const [first] = records;
  if (!first) return [];
  const together = [first];
  for (const known of together) {
    const more = records.filter(
      (each) =>
        !together.includes(each) &&
        (known.conflictsWith?.includes(each.id) || each.conflictsWith?.includes(known.id)),
    );
    together.push(...more);
  }
  return [together, ...tellingTheSame(records.filter((each) => !together.includes(each)))];
}

/** The records in lists of one key each. */
function grouped<TRecord>(records: readonly TRecord[], keyOf: (record: TRecord) => Key) {
  const keys = [...new Set(records.map((record) => JSON.stringify(keyOf(record))))];
  return keys.map((key) => ({
    key: JSON.parse(key) as Key,
    members: records.filter((record) => JSON.stringify(keyOf(record)) === key),
  }));
}

/** What is left when each record goes that is part, at any depth, of one that stays. */
function withoutParts<TRecord extends { id: string }>(
  records: readonly TRecord[],
  all: readonly TRecord[],
  wholeOf: (record: TRecord) => string | undefined,
): TRecord[] {
  const counts = (record: TRecord): boolean => {
    for (let id = wholeOf(record); id;) {
      const whole = all.find((each) => each.id === id);
      if (!whole) return true;
      if (records.includes(whole) && counts(whole)) return false;
      id = wholeOf(whole);
    }
    return true;
  };
  return records.filter(counts);
}

function recognitionKey(
  { forms, issuers, awardYear, conferredOn, place, campaign, event }: Statement,
  groupBy: readonly RecognitionGroupBy[],
): Key {
  const reference = (id: string | null | undefined) => (id ? { id } : null);
  const parts: Record<RecognitionGroupBy, Key> = {
    FORM: { form: onlyOne(forms) },
    ISSUER_LEVEL: { issuerLevel: onlyOne(issuers.map(({ level }) => level)) },
    ISSUER: { issuer: reference(onlyOne(issuers.map(({ organization }) => organization))) },
    AWARD_YEAR: { awardYear: awardYear ?? null },
    CONFERRED_YEAR: { conferredYear: conferredOn ? Number(conferredOn.slice(0, 4)) : null },
    UNIT: { unit: reference(place) },
    CAMPAIGN: { campaign: reference(campaign) },
    ACTIVITY: { activity: reference(event) },
  };
  return Object.assign({}, ...groupBy.map((by) => parts[by])) as Key;
}

function totalsOf(statements: readonly Statement[]): Totals {
  const totals = {
    recognitions: 0,
    collectivesMin: 0,
    collectivesMax: 0,
    individualsMin: 0,
    individualsMax: 0,
    withoutCounts: 0,
  };
  for (const rivals of tellingTheSame(statements)) {
    const collectives = rivals.flatMap(({ counts }) => counts.collectives ?? []);
    const individuals = rivals.flatMap(({ counts }) => counts.individuals ?? []);
    totals.recognitions += 1;
    totals.withoutCounts += collectives.length + individuals.length ? 0 : 1;
    totals.collectivesMin += collectives.length ? Math.min(...collectives) : 0;
    totals.collectivesMax += collectives.length ? Math.max(...collectives) : 0;
    totals.individualsMin += individuals.length ? Math.min(...individuals) : 0;
    totals.individualsMax += individuals.length ? Math.max(...individuals) : 0;
  }
  return totals;
}

/** Sums over recognitions; without `groupBy` values, one group, or none when nothing counts. */
export function sumRecognitions(
  all: readonly Statement[],
  units: readonly Unit[],
  groupBy: readonly RecognitionGroupBy[],
  asked: RecognitionConditions,
): (Key & { totals: Totals })[] {
  const found = all.filter(
    (each) =>
      liesWhereAsked(each, asked, units) &&
      (!asked.form || each.forms.some((form) => asked.form?.includes(form))) &&
      (!asked.issuerId ||
        each.issuers.some(({ organization }) => organization === asked.issuerId)) &&
      (!asked.issuerLevel ||
        each.issuers.some(({ level }) => asked.issuerLevel?.includes(level))) &&
      (asked.awardYear === undefined || each.awardYear === asked.awardYear) &&
      (asked.isDisputed === undefined || Boolean(each.conflictsWith?.length) === asked.isDisputed),
  );
  const inside = found.filter(({ forms }) =>
    forms.every((form) => asked.form?.includes(form) ?? true),
  );
  const counted = withoutParts(inside, all, ({ breakdownOf }) => breakdownOf);
  return grouped(counted, (each) => recognitionKey(each, groupBy)).map(({ key, members }) => ({
    ...key,
    totals: totalsOf(members),
  }));
}

function yearsOf({ period: { from, to } }: Figure): number[] {
  const [start, end] = [from ?? to, to ?? from];
  if (!start || !end) return [];
  const years = [];
  for (let year = Number(start.slice(0, 4)); year <= Number(end.slice(0, 4)); year += 1) {
    years.push(year);
  }
  return years;
}

function outcomeKey(
  figure: Figure,
  groupBy: readonly OutcomeGroupBy[],
  units: readonly Unit[],
): Key {
  const reference = (id: string | null | undefined) => (id ? { id } : null);
  const province = placesOf(figure.place, units).find(({ level }) => level === 'PROVINCE');
  const parts: Record<OutcomeGroupBy, Key> = {
    METRIC: { metric: { code: figure.metric } },
    YEAR: { year: onlyOne(yearsOf(figure)) },
    UNIT: { unit: reference(figure.place) },
    PROVINCE: { unit: reference(province?.id) },
    CAMPAIGN: { campaign: reference(figure.campaign) },
    ACTIVITY: { activity: reference(figure.activity ?? figure.event) },
    SOURCE: { source: reference(onlyOne(figure.provenance.map(({ source }) => source))) },
  };
  return Object.assign({}, ...groupBy.map((by) => parts[by])) as Key;
}

/** Sums over figures; sums of decimals are as exact as floating point has them. */
export function sumOutcomes(
  all: readonly Figure[],
  units: readonly Unit[],
  groupBy: readonly OutcomeGroupBy[],
  asked: OutcomeConditions,
): OutcomeGroup[] {
  const found = all.filter(
    (each) =>
      liesWhereAsked(each, asked, units) &&
      (!asked.metric || asked.metric.includes(each.metric)) &&
      (asked.year === undefined || yearsOf(each).includes(asked.year)) &&
      (!asked.qualifier || asked.qualifier.includes(each.qualifier)),
  );
  return grouped(found, (each) => outcomeKey(each, groupBy, units)).map(({ key, members }) => {
    const counted = withoutParts(members, all, ({ subsetOf }) => subsetOf);
    const canBeAdded = onlyOne(counted.map(({ unitVi }) => unitVi)) && counted[0]?.unitVi !== '%';
    const told = tellingTheSame(counted).map((rivals) => rivals.map(({ value }) => value));
    const sum = (pick: (...values: number[]) => number) =>
      canBeAdded ? told.reduce((total, values) => total + pick(...values), 0) : null;
    return {
      ...key,
      count: told.length,
      sumMin: sum(Math.min),
      sumMax: sum(Math.max),
      isApproximate: counted.some((each) => each.qualifier !== 'EXACT' || each.nonExhaustiveList),
    };
  });
}
