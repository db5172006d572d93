import { expect, it } from 'vitest';
import { alignToKeys } from '../../../subgraphs/shared/batching.ts';

const row = (id: string) => ({ id });
const idOf = ({ id }: { id: string }) => id;

it('rows stand in the order of the keys', () => {
  expect(alignToKeys(['a', 'b', 'c'], ['c', 'a', 'b'].map(row), idOf)).toEqual(
    ['a', 'b', 'c'].map(row),
  );
});

it('a key without a row has null, and a row without a key is dropped', () => {
  expect(alignToKeys(['a', 'x'], ['b', 'a'].map(row), idOf)).toEqual([row('a'), null]);
  expect(alignToKeys(['a'], [], idOf)).toEqual([null]);
  expect(alignToKeys([], [row('a')], idOf)).toEqual([]);
});

it('a key given twice has its row twice', () => {
  expect(alignToKeys(['a', 'a'], [row('a')], idOf)).toEqual([row('a'), row('a')]);
});

it('names of the prototype are keys like any other', () => {
  expect(alignToKeys(['__proto__', 'constructor'], [], idOf)).toEqual([null, null]);
});
