import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph } from '../helpers/graph.ts';
import { readList, type Answers } from './facts/answers.ts';
import { campaignKinds, campaignLists } from './facts/campaignKinds.ts';
import { compare } from './facts/claims.ts';
import { valueAt } from './facts/leaves.ts';
import { notCarried } from './facts/notCarried.ts';
import { organizationKinds, organizationLists } from './facts/organizationKinds.ts';
import { recognitionKinds, recognitionLists } from './facts/recognitionKinds.ts';
import { factFiles, factsOf } from './facts/records.ts';
import { codesOf, newUnits, register, successorsOf } from './facts/register.ts';

const kinds = [...organizationKinds, ...campaignKinds, ...recognitionKinds];
const lists = { ...organizationLists, ...campaignLists, ...recognitionLists };

let graph: Awaited<ReturnType<typeof startGraph>>;
const answers = new Map<string, Answers>();

const answersOf = (list: string): Answers => {
  const found = answers.get(list);
  if (!found) throw new Error(`The list ${list} was not asked`);
  return found;
};

beforeAll(async () => {
  graph = await startGraph();
  for (const [list, selection] of Object.entries(lists)) {
    answers.set(list, await readList(graph, list, selection));
  }
});

afterAll(() => graph?.close());

it('the data set has 300 records, and each of its files is compared', () => {
  expect(kinds.map(({ file }) => file).sort()).toEqual([...factFiles].sort());
  expect(factFiles.flatMap(factsOf)).toHaveLength(300);
});

describe.each(kinds)('$file', (kind) => {
  const records = factsOf(kind.file);
  const compareAll = () =>
    records.map((record) => compare(record, answersOf(kind.list).nodes.get(record.id), kind));

  it('every field has a place in the graph or a reason why not', () => {
    const unclaimed = compareAll().flatMap((comparison) => comparison.unclaimed);
    expect([...new Set(unclaimed)].sort()).toEqual(Object.keys(notCarried[kind.file] ?? {}).sort());
  });

  it(`every leaf of the ${records.length} records is answered as recorded`, () => {
    expect(compareAll().flatMap(({ lost }) => lost)).toEqual([]);
  });

  it('nothing is answered that no record says', () => {
    expect(compareAll().flatMap(({ invented }) => invented)).toEqual([]);
  });
});

describe.each(Object.keys(lists).filter((list) => list !== 'administrativeUnits'))('%s', (list) => {
  it('has the records of the data set and no other', () => {
    const { nodes, totalCount } = answersOf(list);
    const records = kinds.filter((kind) => kind.list === list).flatMap(({ file }) => factsOf(file));
    expect([...nodes.keys()].sort()).toEqual(records.map(({ id }) => id).sort());
    expect(totalCount).toBe(records.length);
  });
});

describe('administrativeUnits', () => {
  const places = new Set(factsOf('places').map(({ id }) => id));

  it('has the places of the facts and the units that came with the reform of 2025', () => {
    const { nodes, totalCount } = answersOf('administrativeUnits');
    const others = [...nodes].filter(([id]) => !places.has(id)).map(([, unit]) => unit);

    expect(others.map((unit) => valueAt(unit, 'name.vi')).sort()).toEqual(
      newUnits.map(({ name }) => name).sort(),
    );
    expect(others.map((unit) => valueAt(unit, 'provenance'))).toEqual(others.map(() => []));
    expect(totalCount).toBe(places.size + newUnits.length);
  });

  it('carry the codes of the register and lead to what became of them', async () => {
    const units = await readList(
      graph,
      'administrativeUnits',
      `id codes { scheme code }
       successors(asOf: "2025-07-01") { name { vi } parent { name { vi } } codes { scheme code } }`,
    );
    const codes = (unit: unknown) => {
      const list = valueAt(unit, 'codes');
      return Array.isArray(list)
        ? list.map((code) => `${String(valueAt(code, 'scheme'))} ${String(valueAt(code, 'code'))}`)
        : [];
    };

    for (const entry of register) {
      const unit = units.nodes.get(entry.place);
      expect(codes(unit).sort(), entry.nameVi).toEqual(codesOf(entry).sort());
      // Where the register has nothing on a place it says neither that it stayed nor that it went.
      if (entry.successors2025 === null) continue;

      const successors = valueAt(unit, 'successors');
      expect(successors, entry.nameVi).toHaveLength(successorsOf(entry).length);
      for (const [index, { name, gsoCode, parent }] of successorsOf(entry).entries()) {
        const successor = valueAt(successors, `[${index}]`);
        expect(valueAt(successor, 'name.vi')).toBe(name);
        if (gsoCode) expect(codes(successor)).toContain(`GSO ${gsoCode}`);
        // A unit that keeps its name keeps its record, and with it the parent of its time.
        if (parent && name !== entry.nameVi) {
          expect(valueAt(successor, 'parent.name.vi')).toBe(parent);
        }
      }
    }
  });
});
