import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../../../helpers/ask.ts';
import { startGraph } from '../../../helpers/graph.ts';
import { createKeys, editorOf } from '../../../helpers/createKeys.ts';
import { cited, createMutate, type Written } from '../../../helpers/writing.ts';

/** Twenty at once, on the database that the ladder gave. */

let graph: Awaited<ReturnType<typeof startGraph>>;
let keys: Awaited<ReturnType<typeof createKeys<'police' | 'front'>>>;
let mutate: ReturnType<typeof createMutate>;

beforeAll(async () => {
  keys = await createKeys({
    police: editorOf('org-cong-an-tinh-thai-binh'),
    front: editorOf('org-uy-ban-mttq-tinh-thai-binh'),
  });
  graph = await startGraph({ keysFile: keys.file });
  mutate = createMutate(graph);
});

afterAll(async () => {
  await graph?.close();
  await keys?.remove();
});

const atOnce = <T>(work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: 20 }, (_, index) => work(index)));

const figure = (value: number) => ({
  metricCode: 'LEAFLETS',
  name: { vi: 'Tờ rơi' },
  measure: { value, qualifier: 'EXACT', asPrinted: String(value) },
  unitId: 'place-tinh-thai-binh',
  period: { from: '2023', to: '2023' },
  contributorIds: ['org-cong-an-tinh-thai-binh'],
  provenance: [cited()],
});

const countOf = async (year: number) => {
  const { outcomes } = await ask<{ outcomes: { totalCount: number } }>(
    graph,
    `{ outcomes(filter: { metric: ["LEAFLETS"], year: ${year} }) { totalCount } }`,
  );
  return outcomes.totalCount;
};

describe('one idempotency key', () => {
  it('with one input is written once, and all are given the same answer', async () => {
    const answers = await atOnce(() =>
      mutate(
        'outcome',
        'Create',
        { input: figure(10), idempotencyKey: 'leaflets-2023' },
        keys.keys.police,
      ),
    );
    expect(answers).toEqual(answers.map(() => answers[0]));
    expect(answers[0]).toEqual({ record: { id: 'out-to-roi', version: 1 }, problems: [] });
    expect(await countOf(2023)).toBe(1);
  });

  it('answers the same later, whatever became of the record since', async () => {
    const change = { id: 'out-to-roi', version: 1, source: cited(4) };
    await mutate('outcome', 'Update', { ...change, input: { listIsOpen: true } }, keys.keys.police);
    const again = await mutate(
      'outcome',
      'Create',
      { idempotencyKey: 'leaflets-2023', input: figure(10) },
      keys.keys.police,
    );
    expect(again).toEqual({ record: { id: 'out-to-roi', version: 1 }, problems: [] });
  });

  it('with another input is refused, and with another agency a key of its own', async () => {
    const other = { input: figure(11), idempotencyKey: 'leaflets-2023' };
    expect(await mutate('outcome', 'Create', other, keys.keys.police)).toEqual({
      record: null,
      problems: ['KEY_REUSED idempotencyKey'],
    });
    const front = {
      ...other,
      input: { ...figure(11), contributorIds: ['org-uy-ban-mttq-tinh-thai-binh'] },
    };
    const written = await mutate('outcome', 'Create', front, keys.keys.front);
    expect(written).toEqual({ record: { id: 'out-to-roi-2', version: 1 }, problems: [] });
  });

  it('that wrote nothing stands for nothing: it can be used once the input is right', async () => {
    const given = { input: { ...figure(1), unitId: 'place-nowhere' }, idempotencyKey: 'mended' };
    const refused = await mutate('outcome', 'Create', given, keys.keys.police);
    expect(refused.problems).toEqual(['NOT_FOUND input.unitId']);
    const mended = await mutate(
      'outcome',
      'Create',
      { ...given, input: figure(1) },
      keys.keys.police,
    );
    expect(mended.problems).toEqual([]);
  });
});

it('of twenty changes to one version one is made, and nineteen are told what stands', async () => {
  const created = await mutate('outcome', 'Create', { input: figure(100) }, keys.keys.police);
  const { id = '', version = 0 } = created.record ?? {};
  const answers = await atOnce((index) =>
    mutate(
      'outcome',
      'Correct',
      {
        id,
        version,
        input: { measure: { value: 200 + index, qualifier: 'EXACT', asPrinted: `${200 + index}` } },
        source: cited(5),
        reason: `Lần ${index}`,
      },
      keys.keys.police,
    ),
  );
  const told = (problems: string[]) =>
    answers.filter((each) => each.problems.join() === problems.join());
  expect(told([])).toHaveLength(1);
  expect(told(['CONFLICT version'])).toHaveLength(19);
  expect(answers.map(({ record }) => record)).toEqual(answers.map(() => ({ id, version: 2 })));
  const { outcomeHistory } = await ask<{ outcomeHistory: unknown[] }>(
    graph,
    `{ outcomeHistory(id: "${id}") { version } }`,
  );
  expect(outcomeHistory).toEqual([{ version: 1 }]);
});

it('twenty that are made ids of the same name get twenty ids', async () => {
  const answers: Written[] = await atOnce((index) =>
    mutate(
      'outcome',
      'Create',
      { input: { ...figure(index), name: { vi: 'Áp phích' } } },
      keys.keys.police,
    ),
  );
  expect(answers.flatMap(({ problems }) => problems)).toEqual([]);
  expect(new Set(answers.map(({ record }) => record?.id)).size).toBe(20);
});

it('twenty who give one id: one has it, nineteen are told that it is taken', async () => {
  const answers = await atOnce((index) =>
    mutate(
      'outcome',
      'Create',
      { input: { ...figure(index), id: 'out-mot-ma' } },
      keys.keys.police,
    ),
  );
  const problems = answers.map((answer) => answer.problems.join());
  expect(problems.filter((each) => each === '')).toHaveLength(1);
  expect(problems.filter((each) => each === 'TAKEN input.id')).toHaveLength(19);
});
