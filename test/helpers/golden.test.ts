import { describe, expect, it } from 'vitest';
import { askGolden } from './golden.ts';
import { judge, type Expectation } from './goldenExpectation.ts';
import { readPath } from './goldenPath.ts';

const answer = {
  one: 1,
  nothing: null,
  empty: [],
  text: 'Đạ Tẻh',
  list: [
    { key: 'x', value: 1, tags: [1, 2] },
    { key: 'y', value: 2, tags: [] },
    { key: 'y', value: null, tags: [3] },
  ],
};

const reasons = (expectation: Expectation) => judge(expectation, (path) => readPath(answer, path));

describe('a path', () => {
  it.each([
    ['one', 1],
    ['nothing?.inner', null],
    ['list[0].key', 'x'],
    ['list[*].tags[*]', [1, 2, 3]],
    ['list[key=x].value', 1],
    ['list[?key=y].value', [2, null]],
    ['list[value=null].tags', [3]],
  ])('%s is read', (path, value) => {
    expect(readPath(answer, path)).toEqual(value);
  });

  it.each([
    ['other', 'other is not in the answer'],
    ['nothing.inner', 'nothing is null, so .inner is not there'],
    ['list[9]', 'list has 3 elements, no [9]'],
    ['text[0]', 'text is "Đạ Tẻh", not a list'],
    ['list[key=y].value', 'just one was expected'],
    ['list[?key=z].value', 'at least one was expected'],
    ['list..key', 'cannot read the path'],
  ])('%s is an error', (path, reason) => {
    expect(() => readPath(answer, path)).toThrow(reason);
  });
});

describe('an expectation holds', () => {
  it.each<Expectation>([
    { at: 'one', equals: 1, min: 1, max: 1 },
    { at: 'list[*].key', setEquals: ['y', 'x', 'y'], contains: ['x'], none: ['z'], length: 3 },
    { at: 'list[*].key', distinct: true, equals: ['x', 'y'] },
    {
      at: 'list',
      rows: ['key', 'value'],
      setEquals: [
        ['y', null],
        ['y', 2],
        ['x', 1],
      ],
    },
    { at: 'list[*].key', every: { oneOf: ['x', 'y'] } },
    { at: ['one', 'list[0].tags'], sum: 4 },
    { at: 'text', matches: '^Đ', contains: 'Tẻh' },
    { at: 'one', equalsAt: 'list[0].value' },
  ])('%j', (expectation) => {
    expect(reasons(expectation)).toEqual([]);
  });
});

describe('an expectation fails', () => {
  it.each<[Expectation, string]>([
    [{ at: 'one', equals: 2 }, 'one: expected 2, received 1'],
    [{ at: 'one', equals: '1' }, 'expected "1"'],
    [{ at: 'list[*].key', setEquals: ['x', 'y'] }, 'unexpected ["y"]'],
    [{ at: 'list[*].key', equals: ['y', 'x', 'y'] }, 'received ["x","y","y"]'],
    [{ at: 'empty', every: 1 }, 'the list is empty'],
    [{ at: 'empty', none: [1] }, 'the list is empty'],
    [{ at: 'empty', sum: 0 }, 'the list is empty'],
    [{ at: 'list[*].value', sum: 3 }, 'expected a number, received null'],
    [{ at: 'text', contains: 'Teh' }, 'expected text containing "Teh"'],
    [{ at: 'one' }, 'needs "at" and an operator'],
    [{ at: '', equals: 1 }, 'needs "at" and an operator'],
    [{ at: 'one', equal: 1 }, 'unknown operator equal'],
  ])('%j', (expectation, reason) => {
    expect(reasons(expectation).join()).toContain(reason);
  });
});

describe('a question', () => {
  const step = { query: '{ one }', expect: [{ at: 'one', equals: 1 }] };
  const question = { id: 'T', questionEn: 'One?', ...step };

  it('hands a value from one step to the next', async () => {
    const steps = [
      { ...step, name: 'first' },
      {
        query: 'query ($after: Int) { two }',
        variables: { after: { $from: 'first:one' } },
        expect: [{ at: ['first:one', 'two'], equals: [1, 2] }],
      },
    ];
    const asked: unknown[] = [];
    const answers = [{ data: { one: 1 } }, { data: { two: 2 } }];
    const found = await askGolden({ id: 'T', questionEn: 'Two?', steps }, (_, variables) => {
      asked.push(variables);
      return Promise.resolve(answers[asked.length - 1] ?? {});
    });
    expect(found).toEqual([]);
    expect(asked).toEqual([{}, { after: 1 }]);
  });

  it.each([
    [
      'an error beside the data',
      { data: { one: 1 }, errors: [{ message: 'down', path: ['one'] }] },
    ],
    ['no data', { data: null }],
    ['no answer', {}],
  ])('fails on %s', async (_, response) => {
    expect(await askGolden(question, () => Promise.resolve(response))).not.toEqual([]);
  });

  it('fails without expectations', async () => {
    const found = await askGolden({ ...question, expect: [] }, () =>
      Promise.resolve({ data: { one: 1 } }),
    );
    expect(found).toEqual(['step1: has no expectations']);
  });
});
