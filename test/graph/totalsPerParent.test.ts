import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask } from '../helpers/ask.ts';
import { citing, createRecords } from '../helpers/factories.ts';
import { startGraph } from '../helpers/graph.ts';
import { recognitionTotals, TOTALS, type Totals } from '../helpers/sums.ts';

/** Totals of a campaign or an activity, and rule 6: a movement takes in its editions. */

let graph: Awaited<ReturnType<typeof startGraph>>;

beforeAll(async () => {
  graph = await startGraph();
});

afterAll(() => graph?.close());

const exactly = (recognitions: number, collectives: number): Totals => ({
  recognitions,
  collectivesMin: collectives,
  collectivesMax: collectives,
  individualsMin: 0,
  individualsMax: 0,
  withoutCounts: 0,
});

const stated = (collectives: number) => ({ status: 'STATED', collectives }) as const;

/** The totals of two campaigns, asked for in one request. */
async function totalsOfTwo(first: string, second: string): Promise<[Totals, Totals]> {
  type Answer = Record<'first' | 'second', { recognitionTotals: Totals }>;
  const answer = await ask<Answer>(
    graph,
    `query ($first: ID!, $second: ID!) {
      first: campaign(id: $first) { recognitionTotals ${TOTALS} }
      second: campaign(id: $second) { recognitionTotals ${TOTALS} }
    }`,
    { first, second },
  );
  return [answer.first.recognitionTotals, answer.second.recognitionTotals];
}

it('each campaign settles what counts among its own: a part counts where its whole is not', async () => {
  const { createCampaign, createRecognition, store } = createRecords();
  const [first, second] = [createCampaign().id, createCampaign().id];
  const whole = createRecognition({ campaign: first, counts: stated(44) });
  createRecognition({ campaign: first, counts: stated(7), breakdownOf: whole.id });
  createRecognition({ campaign: second, counts: stated(5), breakdownOf: whole.id });
  await store();
  expect(await totalsOfTwo(first, second)).toEqual([exactly(1, 44), exactly(1, 5)]);
  expect(await recognitionTotals(graph, { campaignIds: [first, second] })).toEqual(exactly(1, 44));
});

it('rivals of two campaigns count in each', async () => {
  const { createCampaign, createRecognition, store } = createRecords();
  const [first, second] = [createCampaign().id, createCampaign().id];
  const rival = createRecognition({ campaign: first, counts: stated(3) });
  createRecognition({ campaign: second, counts: stated(8), conflictsWith: [rival.id] });
  await store();
  expect(await totalsOfTwo(first, second)).toEqual([exactly(1, 3), exactly(1, 8)]);
  expect(await recognitionTotals(graph, { campaignIds: [first, second] })).toEqual({
    ...exactly(1, 3),
    collectivesMax: 8,
  });
});

it('an activity has totals of its own, with a filter and without', async () => {
  const { createEvent, createRecognition, store } = createRecords();
  const [event, other] = [createEvent().id, createEvent().id];
  createRecognition({ event, counts: stated(3), forms: ['GIAY_KHEN'] });
  createRecognition({ event, counts: stated(4), forms: ['BANG_KHEN', 'GIAY_KHEN'] });
  createRecognition({ event: other, counts: stated(50) });
  await store();
  const answer = await ask(
    graph,
    `query ($id: ID!) { activity(id: $id) {
      recognitionTotals ${TOTALS}
      papers: recognitionTotals(filter: { form: [GIAY_KHEN] }) ${TOTALS}
      none: recognitionTotals(filter: { awardYear: 1999 }) ${TOTALS}
    } }`,
    { id: event },
  );
  expect(answer).toEqual({
    activity: { recognitionTotals: exactly(2, 7), papers: exactly(1, 3), none: exactly(0, 0) },
  });
});

it('a movement takes in its editions, but no children of other kinds, unless told otherwise', async () => {
  const { createCampaign, createRecognition, store } = createRecords();
  const movement = createCampaign({ campaignKind: 'MOVEMENT' }).id;
  const child = (campaignKind: 'MOVEMENT_EDITION' | 'JOINT_PROGRAMME') =>
    createCampaign({ campaignKind, parent: movement }).id;
  createRecognition({ campaign: movement, counts: stated(1) });
  createRecognition({ campaign: child('MOVEMENT_EDITION'), counts: stated(10) });
  createRecognition({ campaign: child('JOINT_PROGRAMME'), counts: stated(100) });
  await store();
  const answer = await ask(
    graph,
    `query ($id: ID!) { campaign(id: $id) {
      recognitionTotals ${TOTALS}
      alone: recognitionTotals(includeEditions: false) ${TOTALS}
      recognitions { totalCount }
      own: recognitions(includeEditions: false) { totalCount }
    } }`,
    { id: movement },
  );
  expect(answer).toEqual({
    campaign: {
      recognitionTotals: exactly(2, 11),
      alone: exactly(1, 1),
      recognitions: { totalCount: 2 },
      own: { totalCount: 1 },
    },
  });
});

it('a part in an edition is left out beside its whole in the movement, and counts in the edition', async () => {
  const { createCampaign, createRecognition, createSource, store } = createRecords();
  const [, source] = [createSource().id, createSource().id];
  const movement = createCampaign({ campaignKind: 'MOVEMENT' }).id;
  const edition = createCampaign({ campaignKind: 'MOVEMENT_EDITION', parent: movement }).id;
  const whole = createRecognition({ campaign: movement, counts: stated(44) });
  const provenance = citing(source);
  createRecognition({ campaign: edition, counts: stated(5), breakdownOf: whole.id, provenance });
  await store();
  expect(await totalsOfTwo(movement, edition)).toEqual([exactly(1, 44), exactly(1, 5)]);
  expect(await recognitionTotals(graph, { sourceId: source })).toEqual(exactly(1, 5));
});

it('the movement of the articles takes in its editions', async () => {
  const answer = await ask(
    graph,
    `{ campaign(id: "mov-toan-dan-bao-ve-an-ninh-to-quoc") {
      recognitionTotals ${TOTALS}
      alone: recognitionTotals(includeEditions: false) ${TOTALS}
    } }`,
  );
  expect(answer).toEqual({
    campaign: {
      // Huế 44 + 37; Thái Bình without a number; Cà Mau 1, two without; Đạ Tẻh 21 to 27 and 34 to 41; 112 elderly, one without.
      recognitionTotals: {
        recognitions: 1 + 1 + 3 + 5 + 2,
        collectivesMin: 44 + 1 + 21,
        collectivesMax: 44 + 1 + 27,
        individualsMin: 37 + 34 + 112,
        individualsMax: 37 + 41 + 112,
        withoutCounts: 1 + 2 + 1,
      },
      alone: {
        recognitions: 2,
        collectivesMin: 0,
        collectivesMax: 0,
        individualsMin: 112,
        individualsMax: 112,
        withoutCounts: 1,
      },
    },
  });
});
