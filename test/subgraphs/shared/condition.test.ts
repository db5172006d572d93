import { describe, expect, it } from 'vitest';
import { expression, oneOf, toFilter } from '../../../subgraphs/shared/condition.ts';

const filtersOf = (...given: Parameters<typeof oneOf>) => oneOf(...given).map(toFilter);

describe('one of several values', () => {
  it.each([
    ['what is not given asks nothing', undefined, []],
    ['null asks nothing', null, []],
    ['one value', 'CENTRAL', [{ level: 'CENTRAL' }]],
    ['a list of one', ['CENTRAL'], [{ level: 'CENTRAL' }]],
    ['a list', ['CENTRAL', 'HAMLET'], [{ level: { $in: ['CENTRAL', 'HAMLET'] } }]],
    ['a value given twice', ['CENTRAL', 'CENTRAL'], [{ level: 'CENTRAL' }]],
    ['an empty list finds nothing', [], [{ level: { $in: [] } }]],
    ['false is a value', false, [{ level: false }]],
    ['0 is a value', 0, [{ level: 0 }]],
    ['an empty text is a value', '', [{ level: '' }]],
  ])('%s', (_name, wanted, filters) => {
    expect(filtersOf('level', wanted)).toEqual(filters);
  });

  it('a text is never taken for an operator', () => {
    expect(filtersOf('level', '$ne')).toEqual([{ level: '$ne' }]);
  });
});

it('an expression is its own filter', () => {
  expect(expression({ a: { $gt: 1 } }).map(toFilter)).toEqual([{ a: { $gt: 1 } }]);
});
