import { expect, it } from 'vitest';
import { createLineage } from '../../../subgraphs/shared/Lineage.ts';

const units = [
  { _id: 'viet-nam', level: 'COUNTRY' },
  { _id: 'thai-binh', level: 'PROVINCE', parentId: 'viet-nam' },
  { _id: 'dong-hung', level: 'DISTRICT', parentId: 'thai-binh' },
  { _id: 'thai-hung', level: 'COMMUNE', parentId: 'dong-hung' },
];
const lineage = createLineage(units);

it('ancestors go from the country down to the parent', () => {
  expect(lineage.ancestorsOf('thai-hung')).toEqual(['viet-nam', 'thai-binh', 'dong-hung']);
  expect(lineage.ancestorsOf('viet-nam')).toEqual([]);
});

it('a record is stored with its unit and all above it', () => {
  expect(lineage.unitFields('dong-hung')).toEqual({
    unitId: 'dong-hung',
    unitLineage: ['dong-hung', 'viet-nam', 'thai-binh'],
  });
  expect(lineage.unitFields(undefined)).toEqual({ unitId: null, unitLineage: [] });
});

it('the province is the unit itself or the one above it', () => {
  expect(lineage.provinceOf('thai-hung')).toBe('thai-binh');
  expect(lineage.provinceOf('thai-binh')).toBe('thai-binh');
  expect(lineage.provinceOf('viet-nam')).toBeNull();
  expect(lineage.provinceOf(undefined)).toBeNull();
});

it('a unit that lies within itself is a fault', () => {
  const looped = createLineage([
    { _id: 'a', level: 'COMMUNE', parentId: 'b' },
    { _id: 'b', level: 'COMMUNE', parentId: 'a' },
  ]);
  expect(() => looped.ancestorsOf('a')).toThrow('b parent: it lies within itself');
});
