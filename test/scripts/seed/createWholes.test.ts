import { expect, it } from 'vitest';
import { createWholes } from '../../../scripts/seed/createWholes.ts';

const part = (id: string, of?: string) => ({ id, of });
const wholesOf = (records: ReturnType<typeof part>[], id: string) =>
  createWholes(records, 'of')(id);

it('what a record is part of is given from the nearest to the top', () => {
  const records = [part('a'), part('b', 'a'), part('c', 'b'), part('d', 'a')];
  expect(wholesOf(records, 'c')).toEqual(['b', 'a']);
  expect(wholesOf(records, 'd')).toEqual(['a']);
  expect(wholesOf(records, 'a')).toEqual([]);
});

it.each([
  ['itself', [part('a', 'a')], 'a'],
  ['its own part', [part('a', 'c'), part('b', 'a'), part('c', 'b')], 'b'],
  ['a loop further up', [part('x', 'a'), part('a', 'b'), part('b', 'a')], 'x'],
])('a record that is part of %s is a fault', (_name, records, id) => {
  expect(() => wholesOf(records, id)).toThrow(/^a of: it is part of itself$/);
});
