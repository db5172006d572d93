import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fact } from '../../scripts/seed/factsSchema.ts';
import { ask } from '../helpers/ask.ts';
import { createRecords } from '../helpers/factories.ts';
import { startGraph } from '../helpers/graph.ts';
import {
  recognitionGroups,
  recognitionTotals,
  type RecognitionGroupBy,
  type Totals,
} from '../helpers/sums.ts';

/** The rules for sums over recognitions; outcomes, and sums per campaign, have files of their own. */

let graph: Awaited<ReturnType<typeof startGraph>>;

beforeAll(async () => {
  graph = await startGraph();
});

afterAll(() => graph?.close());

const totalsOf = (filter: Record<string, unknown>) => recognitionTotals(graph, filter);

/** Groups as pairs: what a group is told apart by, and `statements: collectives from-to`. */
const groupsOf = async (groupBy: RecognitionGroupBy[], filter: Record<string, unknown>) =>
  (await recognitionGroups(graph, groupBy, filter)).map(
    ({ totals: { recognitions, collectivesMin, collectivesMax }, ...key }) => [
      key,
      `${recognitions}: ${collectivesMin}-${collectivesMax}`,
    ],
  );

const totals = (given: Partial<Totals>): Totals => ({
  recognitions: 0,
  collectivesMin: 0,
  collectivesMax: 0,
  individualsMin: 0,
  individualsMax: 0,
  withoutCounts: 0,
  ...given,
});

const exactly = (recognitions: number, collectives: number, individuals = 0) =>
  totals({
    recognitions,
    collectivesMin: collectives,
    collectivesMax: collectives,
    individualsMin: individuals,
    individualsMax: individuals,
  });

const none = { status: 'NOT_STATED' } as const;
const stated = (collectives: number, individuals?: number) =>
  ({ status: 'STATED', collectives, individuals }) as const;

/** Records with a campaign, to which the filter keeps the test. */
const createCampaignRecords = () => {
  const records = createRecords();
  const campaign = records.createCampaign().id;
  const createRecognition: typeof records.createRecognition = (given) =>
    records.createRecognition({ campaign, ...given });
  return { ...records, createRecognition, campaign, filter: { campaignIds: [campaign] } };
};

describe('1. with a form filter a statement counts only if all its forms are inside', () => {
  it.each([
    [undefined, exactly(1, 44, 37)],
    [['CO_THI_DUA'], exactly(1, 5)],
    [['CO_THI_DUA', 'BANG_KHEN'], exactly(1, 5)],
    [['CO_THI_DUA', 'BANG_KHEN', 'GIAY_KHEN'], exactly(1, 44, 37)],
    [['BANG_KHEN', 'GIAY_KHEN'], exactly(0, 0)],
    [[], exactly(0, 0)],
  ])('Huế 2011, forms %j', async (form, expected) => {
    expect(await totalsOf({ campaignIds: ['ed-thua-thien-hue-2011'], form })).toEqual(expected);
  });

  it('in lists one form is enough', async () => {
    const { recognitions } = await ask<{ recognitions: { nodes: unknown[] } }>(
      graph,
      `{ recognitions(filter: { campaignIds: ["ed-thua-thien-hue-2011"], form: [GIAY_KHEN] }) {
          nodes { id }
      } }`,
    );
    expect(recognitions.nodes).toEqual([{ id: 'rec-tth-2011-tong' }]);
  });

  it('the other conditions find statements as they do in lists', async () => {
    const { createRecognition, createOrganization, filter, store } = createCampaignRecords();
    const [a, b] = [createOrganization().id, createOrganization().id];
    createRecognition({
      issuers: [
        { organization: a, level: 'CENTRAL' },
        { organization: b, level: 'PROVINCE' },
      ],
      counts: stated(3),
    });
    createRecognition({ issuers: [{ organization: b, level: 'PROVINCE' }], counts: stated(4) });
    await store();
    expect(await totalsOf({ ...filter, issuerId: a })).toEqual(exactly(1, 3));
    expect(await totalsOf({ ...filter, issuerId: b })).toEqual(exactly(2, 7));
    expect(await totalsOf({ ...filter, issuerLevel: ['PROVINCE'] })).toEqual(exactly(2, 7));
  });
});

describe('2. a breakdown is left out when what it is part of counts itself, at any depth', () => {
  const createChain = async () => {
    const records = createCampaignRecords();
    const whole = records.createRecognition({ counts: stated(44), awardYear: 2020 });
    const middle = records.createRecognition({
      counts: stated(20),
      awardYear: 2019,
      forms: ['GIAY_KHEN'],
      breakdownOf: whole.id,
    });
    records.createRecognition({ counts: stated(5), awardYear: 2020, breakdownOf: middle.id });
    await records.store();
    return records;
  };

  it('without a filter the whole alone counts', async () => {
    const { filter } = await createChain();
    expect(await totalsOf(filter)).toEqual(exactly(1, 44));
  });

  it('a part of a part is left out though the filter does not find the middle one', async () => {
    const { filter } = await createChain();
    expect(await totalsOf({ ...filter, awardYear: 2020 })).toEqual(exactly(1, 44));
    expect(await totalsOf({ ...filter, form: ['BANG_KHEN'] })).toEqual(exactly(1, 44));
  });

  it('the part that the filter finds counts when its whole is not found', async () => {
    const { filter } = await createChain();
    expect(await totalsOf({ ...filter, awardYear: 2019 })).toEqual(exactly(1, 20));
    expect(await totalsOf({ ...filter, form: ['GIAY_KHEN'] })).toEqual(exactly(1, 20));
  });

  it('parts that lie side by side all count when their whole is not found', async () => {
    const { createRecognition, filter, store } = createCampaignRecords();
    const whole = createRecognition({ forms: ['BANG_KHEN', 'GIAY_KHEN'], counts: stated(9) });
    for (const collectives of [2, 3]) {
      createRecognition({ counts: stated(collectives), breakdownOf: whole.id });
    }
    await store();
    expect(await totalsOf({ ...filter, form: ['BANG_KHEN'] })).toEqual(exactly(2, 5));
    expect(await totalsOf(filter)).toEqual(exactly(1, 9));
  });
});

describe('3. rivals count as one and give a range', () => {
  it('Đạ Tẻh prints two figures for one award', async () => {
    const answer = await totalsOf({ campaignIds: ['ed-da-teh-2020'], form: ['GIAY_KHEN'] });
    expect(answer).toEqual({
      ...exactly(2, 2 + 17, 4 + 21),
      collectivesMax: 2 + 23,
      individualsMax: 4 + 28,
    });
  });

  /** Rivals in a chain: the first contradicts the second, the second the third, and so on. */
  const createRivals = async (counts: Fact<'recognitions'>['counts'][]) => {
    const records = createCampaignRecords();
    let conflictsWith: string[] | undefined;
    for (const each of counts) {
      conflictsWith = [records.createRecognition({ counts: each, conflictsWith }).id];
    }
    records.createRecognition({ counts: stated(100) });
    await records.store();
    return totalsOf(records.filter);
  };

  it('a chain of rivals is one, from the least to the greatest figure', async () => {
    expect(await createRivals([stated(7, 1), stated(5, 2), stated(9, 3)])).toEqual({
      recognitions: 2,
      collectivesMin: 105,
      collectivesMax: 109,
      individualsMin: 1,
      individualsMax: 3,
      withoutCounts: 0,
    });
  });

  it('the range is over the rivals that state the number', async () => {
    expect(await createRivals([stated(7, 4), none])).toEqual(exactly(2, 107, 4));
    expect(await createRivals([stated(7), stated(5, 6)])).toEqual({
      ...exactly(2, 105, 6),
      collectivesMax: 107,
    });
  });

  it('rivals of which none states a number are one without counts', async () => {
    expect(await createRivals([none, none, none])).toEqual({
      ...exactly(2, 100),
      withoutCounts: 1,
    });
  });

  it('rivals that fall in different groups count in each', async () => {
    const { createRecognition, filter, store } = createCampaignRecords();
    const a = createRecognition({ counts: stated(5), awardYear: 2019 });
    createRecognition({ counts: stated(8), awardYear: 2020, conflictsWith: [a.id] });
    await store();
    expect(await groupsOf(['AWARD_YEAR'], filter)).toEqual([
      [{ awardYear: 2019 }, '1: 5-5'],
      [{ awardYear: 2020 }, '1: 8-8'],
    ]);
    expect(await groupsOf(['FORM'], filter)).toEqual([[{ form: 'BANG_KHEN' }, '1: 5-8']]);
    expect(await totalsOf({ ...filter, awardYear: 2020 })).toEqual(exactly(1, 8));
  });

  it('two statements that only a third links are rivals no more when it does not count', async () => {
    const { createRecognition, filter, store } = createCampaignRecords();
    const a = createRecognition({ counts: stated(5), awardYear: 2020 });
    const b = createRecognition({ counts: stated(8), awardYear: 2019, conflictsWith: [a.id] });
    createRecognition({ counts: stated(1), awardYear: 2020, conflictsWith: [b.id] });
    await store();
    expect(await totalsOf({ ...filter, awardYear: 2020 })).toEqual(exactly(2, 6));
  });
});

describe('4. a missing number adds nothing and is counted', () => {
  it('Cà Mau names certificates of merit without a number', async () => {
    expect(await totalsOf({ campaignIds: ['ed-ca-mau'], form: ['BANG_KHEN'] })).toEqual(
      totals({ recognitions: 2, withoutCounts: 2 }),
    );
  });

  it('a statement with one number of two has a count', async () => {
    const { createRecognition, filter, store } = createCampaignRecords();
    createRecognition({ counts: { status: 'STATED', individuals: 3 } });
    createRecognition({ counts: { status: 'STATED', collectives: 2 } });
    createRecognition({ counts: none });
    await store();
    expect(await totalsOf(filter)).toEqual({ ...exactly(3, 2, 3), withoutCounts: 1 });
  });
});

describe('5. what counts is settled before grouping', () => {
  it('a part in another group than its whole stays left out', async () => {
    const { createRecognition, filter, store } = createCampaignRecords();
    const whole = createRecognition({ counts: stated(44), awardYear: 2019 });
    createRecognition({ counts: stated(5), awardYear: 2020, breakdownOf: whole.id });
    await store();
    expect(await groupsOf(['AWARD_YEAR'], filter)).toEqual([[{ awardYear: 2019 }, '1: 44-44']]);
  });

  it('what has several values, or none, falls in the group with null, which is last', async () => {
    const { createRecognition, createOrganization, filter, store } = createCampaignRecords();
    const [a, b] = [createOrganization().id, createOrganization().id].sort();
    const [central, province] = [
      { organization: a ?? '', level: 'CENTRAL' },
      { organization: b ?? '', level: 'PROVINCE' },
    ] as const;
    createRecognition({ issuers: [central], counts: stated(1) });
    createRecognition({ issuers: [province], forms: ['GIAY_KHEN'], counts: stated(2) });
    createRecognition({ issuers: [central, province], counts: stated(4) });
    createRecognition({ issuers: [], forms: ['BANG_KHEN', 'GIAY_KHEN'], counts: stated(8) });
    await store();
    expect(await groupsOf(['ISSUER'], filter)).toEqual([
      [{ issuer: { id: a } }, '1: 1-1'],
      [{ issuer: { id: b } }, '1: 2-2'],
      [{ issuer: null }, '2: 12-12'],
    ]);
    expect(await groupsOf(['ISSUER_LEVEL', 'FORM'], filter)).toEqual([
      [{ issuerLevel: 'CENTRAL', form: 'BANG_KHEN' }, '1: 1-1'],
      [{ issuerLevel: 'PROVINCE', form: 'GIAY_KHEN' }, '1: 2-2'],
      [{ issuerLevel: null, form: 'BANG_KHEN' }, '1: 4-4'],
      [{ issuerLevel: null, form: null }, '1: 8-8'],
    ]);
  });

  it('two issuers of one level are grouped under it', async () => {
    const { createRecognition, createOrganization, filter, store } = createCampaignRecords();
    createRecognition({
      issuers: [
        { organization: createOrganization().id, level: 'CENTRAL' },
        { organization: createOrganization().id, level: 'CENTRAL' },
      ],
      counts: stated(4),
    });
    await store();
    expect(await groupsOf(['ISSUER_LEVEL'], filter)).toEqual([
      [{ issuerLevel: 'CENTRAL' }, '1: 4-4'],
    ]);
  });

  it('the year of the merit and the year of the ceremony are told apart', async () => {
    const filter = { campaignIds: ['ed-thua-thien-hue-2011', 'ed-da-teh-2020'] };
    expect(await groupsOf(['AWARD_YEAR', 'CONFERRED_YEAR'], filter)).toEqual([
      [{ awardYear: 2011, conferredYear: 2012 }, '1: 44-44'],
      [{ awardYear: 2020, conferredYear: 2021 }, '5: 21-27'],
    ]);
  });

  it('grouped by nothing, all is one group, and nothing is none', async () => {
    expect(await groupsOf([], { campaignIds: ['ed-da-teh-2020'] })).toEqual([[{}, '5: 21-27']]);
    expect(await groupsOf([], { campaignIds: ['ed-unknown'] })).toEqual([]);
    expect(await totalsOf({ campaignIds: ['ed-unknown'] })).toEqual(totals({}));
  });
});
