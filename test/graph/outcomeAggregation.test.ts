import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fact } from '../../scripts/seed/factsSchema.ts';
import { citing, createRecords } from '../helpers/factories.ts';
import { startGraph } from '../helpers/graph.ts';
import { outcomeGroups, type OutcomeGroupBy } from '../helpers/sums.ts';

/** The rules for sums over published figures. */

let graph: Awaited<ReturnType<typeof startGraph>>;

beforeAll(async () => {
  graph = await startGraph();
});

afterAll(() => graph?.close());

const groupsOf = (groupBy: OutcomeGroupBy[], filter: Record<string, unknown>) =>
  outcomeGroups(graph, groupBy, filter);

const exactly = (count: number, sum: number | null) => ({
  count,
  sumMin: sum,
  sumMax: sum,
  isApproximate: false,
});

/** Records with a campaign, to which the filter keeps the test. */
const createCampaignRecords = () => {
  const records = createRecords();
  const campaign = records.createCampaign().id;
  const createOutcome: typeof records.createOutcome = (given) =>
    records.createOutcome({ campaign, ...given });
  return { ...records, createOutcome, campaign, filter: { campaignIds: [campaign] } };
};

const yearsFrom = (from: string, to: string): Fact<'outcomes'>['period'] => ({
  label: null,
  from,
  to,
});

describe('a part is left out of the group in which its whole counts, and counts elsewhere', () => {
  const both = { metric: ['COMMUNITY_EDUCATION_CASES', 'COMMUNITY_EDUCATION_PROGRESSED'] };

  it('Thái Bình: by metric, 1689 cases and 462 that progressed stand side by side', async () => {
    expect(await groupsOf(['METRIC'], both)).toEqual([
      { metric: { code: 'COMMUNITY_EDUCATION_CASES' }, ...exactly(1, 1689) },
      { metric: { code: 'COMMUNITY_EDUCATION_PROGRESSED' }, ...exactly(1, 462) },
    ]);
  });

  it('Thái Bình: in one group, 462 is part of 1689', async () => {
    expect(await groupsOf(['CAMPAIGN'], both)).toEqual([
      { campaign: { id: 'ed-thai-binh-2021' }, ...exactly(1, 1689) },
    ]);
    expect(await groupsOf([], both)).toEqual([exactly(1, 1689)]);
  });

  it('a part counts when the filter does not find its whole', async () => {
    expect(await groupsOf([], { metric: ['COMMUNITY_EDUCATION_PROGRESSED'] })).toEqual([
      exactly(1, 462),
    ]);
  });

  it('a part of a part is left out though the middle one stands in another group', async () => {
    const { createOutcome, filter, store } = createCampaignRecords();
    const whole = createOutcome({ value: 100, period: yearsFrom('2020', '2020') });
    const middle = createOutcome({
      value: 40,
      subsetOf: whole.id,
      period: yearsFrom('2021', '2021'),
    });
    createOutcome({ value: 15, subsetOf: middle.id, period: yearsFrom('2020', '2020') });
    await store();
    expect(await groupsOf(['YEAR'], filter)).toEqual([
      { year: 2020, ...exactly(1, 100) },
      { year: 2021, ...exactly(1, 40) },
    ]);
    expect(await groupsOf([], filter)).toEqual([exactly(1, 100)]);
  });

  it('what is left out makes no sum approximate', async () => {
    const { createOutcome, filter, store } = createCampaignRecords();
    const whole = createOutcome({ value: 100 });
    createOutcome({ value: 40, subsetOf: whole.id, qualifier: 'NEARLY', unitVi: '%' });
    await store();
    expect(await groupsOf([], filter)).toEqual([exactly(1, 100)]);
  });
});

describe('rivals count as one and give a range', () => {
  it('from the least to the greatest of them', async () => {
    const { createOutcome, filter, store } = createCampaignRecords();
    const first = createOutcome({ value: 17 });
    createOutcome({ value: 23, conflictsWith: [first.id] });
    createOutcome({ value: 100 });
    await store();
    expect(await groupsOf(['METRIC'], filter)).toEqual([
      { metric: { code: 'SESSIONS' }, count: 2, sumMin: 117, sumMax: 123, isApproximate: false },
    ]);
  });

  it('those that fall in different groups count in each', async () => {
    const { createOutcome, createSource, filter, store } = createCampaignRecords();
    const [one, two] = [createSource().id, createSource().id];
    const first = createOutcome({ value: 17, provenance: citing(one) });
    createOutcome({ value: 23, provenance: citing(two), conflictsWith: [first.id] });
    await store();
    expect(await groupsOf(['SOURCE'], filter)).toEqual([
      { source: { id: one }, ...exactly(1, 17) },
      { source: { id: two }, ...exactly(1, 23) },
    ]);
  });
});

describe('sums over what is not exact are approximate', () => {
  it.each(['APPROXIMATE', 'NEARLY', 'MORE_THAN', 'UP_TO_ALL'] as const)('%s', async (qualifier) => {
    const { createOutcome, filter, store } = createCampaignRecords();
    createOutcome({ value: 5 });
    createOutcome({ value: 200, qualifier });
    await store();
    expect(await groupsOf([], filter)).toEqual([{ ...exactly(2, 205), isApproximate: true }]);
  });

  it('an open list', async () => {
    const { createOutcome, filter, store } = createCampaignRecords();
    createOutcome({ value: 5, metric: 'LISTS' });
    createOutcome({ value: 73, nonExhaustiveList: true });
    await store();
    expect(await groupsOf(['METRIC'], filter)).toEqual([
      { metric: { code: 'LISTS' }, ...exactly(1, 5) },
      { metric: { code: 'SESSIONS' }, ...exactly(1, 73), isApproximate: true },
    ]);
  });

  it('one of several rivals', async () => {
    const { createOutcome, filter, store } = createCampaignRecords();
    const first = createOutcome({ value: 17 });
    createOutcome({ value: 23, conflictsWith: [first.id], qualifier: 'NEARLY' });
    await store();
    expect(await groupsOf([], filter)).toEqual([
      { count: 1, sumMin: 17, sumMax: 23, isApproximate: true },
    ]);
  });
});

describe('what is not alike is never added', () => {
  it('percentages are counted and not summed', async () => {
    const coverage = { metric: ['HOUSEHOLD_PLEDGE_COVERAGE', 'COVID_PLEDGE_COVERAGE'] };
    expect(await groupsOf(['METRIC'], coverage)).toEqual([
      { metric: { code: 'COVID_PLEDGE_COVERAGE' }, ...exactly(1, null), isApproximate: true },
      { metric: { code: 'HOUSEHOLD_PLEDGE_COVERAGE' }, ...exactly(1, null) },
    ]);
  });

  it('a metric of percentages says that it cannot be added', async () => {
    const { data } = await graph.execute('{ outcomeMetrics { code unit { vi } isAdditive } }');
    const metrics = (data as { outcomeMetrics: { unit: { vi: string }; isAdditive: boolean }[] })
      .outcomeMetrics;
    expect(metrics.some(({ isAdditive }) => !isAdditive)).toBe(true);
    for (const { unit, isAdditive } of metrics) expect(isAdditive).toBe(unit.vi !== '%');
  });

  it('figures in different units of measure have no sum', async () => {
    const { createOutcome, filter, store } = createCampaignRecords();
    createOutcome({ value: 69.15, unitVi: 'kg' });
    createOutcome({ value: 29, unitVi: 'quả' });
    createOutcome({ value: 1, unitVi: 'kg', metric: 'WEIGHT' });
    await store();
    expect(await groupsOf([], filter)).toEqual([exactly(3, null)]);
    expect(await groupsOf(['METRIC'], filter)).toEqual([
      { metric: { code: 'SESSIONS' }, ...exactly(2, null) },
      { metric: { code: 'WEIGHT' }, ...exactly(1, 1) },
    ]);
  });

  it('rivals in different units of measure have no sum', async () => {
    const { createOutcome, filter, store } = createCampaignRecords();
    const first = createOutcome({ value: 17, unitVi: 'kg' });
    createOutcome({ value: 23, unitVi: 'quả', conflictsWith: [first.id] });
    await store();
    expect(await groupsOf([], filter)).toEqual([exactly(1, null)]);
  });

  it('decimals are added without the noise of binary fractions', async () => {
    const kilograms = { metric: ['FIREWORKS_RECOVERED_KG', 'FIREWORK_POWDER_RECOVERED_KG'] };
    expect(await groupsOf([], kilograms)).toEqual([{ ...exactly(2, 70.1), isApproximate: true }]);
  });
});

describe('groups', () => {
  it('a figure of several years or sources falls in the group with null, which is last', async () => {
    const { createOutcome, createSource, filter, store } = createCampaignRecords();
    const [one, two] = [createSource().id, createSource().id];
    createOutcome({
      value: 1,
      period: yearsFrom('2019-11', '2020-02'),
      provenance: citing(one, two),
    });
    createOutcome({ value: 2, period: yearsFrom('2020-05', '2020'), provenance: citing(two, two) });
    createOutcome({ value: 4, period: { label: 'trong năm qua' }, provenance: citing(one) });
    await store();
    expect(await groupsOf(['YEAR'], filter)).toEqual([
      { year: 2020, ...exactly(1, 2) },
      { year: null, ...exactly(2, 5) },
    ]);
    expect(await groupsOf(['SOURCE'], filter)).toEqual([
      { source: { id: one }, ...exactly(1, 4) },
      { source: { id: two }, ...exactly(1, 2) },
      { source: null, ...exactly(1, 1) },
    ]);
  });

  it('a figure of a hamlet counts for its unit and for the province above it', async () => {
    const { createOutcome, createUnit, filter, store } = createCampaignRecords();
    const province = createUnit().id;
    const commune = createUnit({ level: 'COMMUNE', unitType: 'XA', parent: province }).id;
    const hamlet = createUnit({ level: 'HAMLET', unitType: 'AP', parent: commune }).id;
    const region = createUnit({ level: 'REGION', unitType: 'VUNG' }).id;
    for (const place of [province, hamlet, region]) createOutcome({ value: 3, place });
    await store();
    expect(await groupsOf(['PROVINCE'], filter)).toEqual([
      { unit: { id: province }, ...exactly(2, 6) },
      { unit: null, ...exactly(1, 3) },
    ]);
    expect(await groupsOf(['UNIT'], filter)).toEqual(
      [province, hamlet, region].map((id) => ({ unit: { id }, ...exactly(1, 3) })),
    );
    expect(await groupsOf([], { ...filter, unitIds: [commune] })).toEqual([exactly(1, 3)]);
    const own = { ...filter, unitIds: [commune, province], includeDescendants: false };
    expect(await groupsOf([], own)).toEqual([exactly(1, 3)]);
  });

  it('grouped by nothing, all is one group, and nothing is none', async () => {
    const { createOutcome, filter, store } = createCampaignRecords();
    createOutcome();
    await store();
    expect(await groupsOf([], filter)).toEqual([exactly(1, 10)]);
    expect(await groupsOf([], { campaignIds: ['ed-unknown'] })).toEqual([]);
    expect(await groupsOf(['METRIC', 'YEAR'], { campaignIds: [] })).toEqual([]);
  });
});
