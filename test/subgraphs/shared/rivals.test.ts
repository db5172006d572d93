import fc from 'fast-check';
import { expect, it } from 'vitest';
import { groupRivals } from '../../../subgraphs/shared/rivals.ts';

const statement = (_id: string, ...conflictsWithIds: string[]) => ({ _id, conflictsWithIds });
const idsOf = (groups: { _id: string }[][]) =>
  groups.map((group) => group.map(({ _id }) => _id).sort()).sort();

it('a statement without rivals is alone', () => {
  expect(idsOf(groupRivals([statement('a'), statement('b')]))).toEqual([['a'], ['b']]);
  expect(groupRivals([])).toEqual([]);
});

it('rivals are together, by way of others too', () => {
  const chain = [
    statement('a', 'b'),
    statement('b', 'a', 'c'),
    statement('c', 'b'),
    statement('d'),
  ];
  expect(idsOf(groupRivals(chain))).toEqual([['a', 'b', 'c'], ['d']]);
});

it('a rival that is not in the list joins nobody', () => {
  expect(idsOf(groupRivals([statement('a', 'x'), statement('b', 'x')]))).toEqual([['a'], ['b']]);
});

it('one that names itself, or is named from one side only, is no trouble', () => {
  expect(idsOf(groupRivals([statement('a', 'a', 'b'), statement('b')]))).toEqual([['a', 'b']]);
});

it('whatever the links, each statement is in one group, and linked ones share it', () => {
  const links = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 12 });
  fc.assert(
    fc.property(links, (pairs) => {
      const statements = Array.from({ length: 10 }, (_, index) =>
        statement(String(index), ...pairs.filter(([a]) => a === index).map(([, b]) => String(b))),
      );
      const groups = idsOf(groupRivals(statements));
      expect(groups.flat().sort()).toEqual(statements.map(({ _id }) => _id));
      for (const [a, b] of pairs) {
        const together = groups.filter((ids) => ids.includes(String(a)) || ids.includes(String(b)));
        expect(together).toHaveLength(1);
      }
    }),
  );
});
