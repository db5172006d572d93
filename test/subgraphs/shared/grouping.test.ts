import { expect, it } from 'vitest';
import {
  compareKeys,
  groupByKey,
  keyExpression,
  one,
  single,
} from '../../../subgraphs/shared/grouping.ts';

it('groups stand in the order of their values, null last', () => {
  const keys = [
    { year: null, form: 'A' },
    { year: 2021, form: null },
    { year: 2021, form: 'B' },
    { year: 2019, form: 'Z' },
    { year: 2021, form: 'A' },
    { year: null, form: null },
  ];
  expect([...keys].sort(compareKeys)).toEqual([
    { year: 2019, form: 'Z' },
    { year: 2021, form: 'A' },
    { year: 2021, form: 'B' },
    { year: 2021, form: null },
    { year: null, form: 'A' },
    { year: null, form: null },
  ]);
});

it('numbers are compared as numbers', () => {
  expect([{ n: 10 }, { n: 9 }, { n: -1 }].sort(compareKeys)).toEqual([
    { n: -1 },
    { n: 9 },
    { n: 10 },
  ]);
});

it('items with one key are together, in the order in which keys first occur', () => {
  expect([...groupByKey(['b1', 'a1', 'b2'], (item) => item.slice(0, 1))]).toEqual([
    ['b', ['b1', 'b2']],
    ['a', ['a1']],
  ]);
});

it('a key has a value for each thing grouped by, in that order, and none for others', () => {
  const expressions = {
    KIND: { as: 'kind', value: one('kind') },
    YEAR: { as: 'year', value: single('years') },
  };
  const key = keyExpression(['YEAR', 'KIND'], expressions);
  expect(Object.keys(key)).toEqual(['year', 'kind']);
  expect(keyExpression(['KIND'], expressions)).toEqual({ kind: one('kind') });
  expect(keyExpression([], expressions)).toEqual({ $literal: {} });
});
