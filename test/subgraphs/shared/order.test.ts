import { expect, it } from 'vitest';
import { order, phraseFirst, reversed } from '../../../subgraphs/shared/order.ts';

const newest = order('NEWEST', { publishedSort: -1 });

it('ties go by id upwards', () => {
  expect(newest.fields).toEqual([
    ['publishedSort', -1],
    ['_id', 1],
  ]);
});

it('the reverse turns every direction, and the reverse of that is the order', () => {
  expect(reversed(newest).fields).toEqual([
    ['publishedSort', 1],
    ['_id', -1],
  ]);
  expect(reversed(reversed(newest))).toEqual(newest);
});

it('with a search, whole phrases stand first, under another name', () => {
  const ordered = phraseFirst(newest, 'Thái Bình');
  expect(ordered.fields).toEqual([['phraseRank', 1], ...newest.fields]);
  expect(ordered.phrase).toBe(' thai binh');
  expect(ordered.name).not.toBe(newest.name);
  expect(reversed(ordered).phrase).toBe(' thai binh');
});

it.each([null, undefined, '', '  ', '?!'])('with %j as a search, the order stays', (search) => {
  expect(phraseFirst(newest, search)).toBe(newest);
});
