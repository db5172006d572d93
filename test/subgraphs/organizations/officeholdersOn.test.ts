import { expect, it } from 'vitest';
import { officeholdersOn } from '../../../subgraphs/organizations/officeholdersOn.ts';

type Official = Parameters<typeof officeholdersOn>[0][number];
type Term = Official['terms'][number];

const official = (name: string, ...terms: Partial<Term>[]): Official => ({
  _id: `person-${name}`,
  name,
  nameSort: name,
  searchPrefixes: [],
  searchText: '',
  terms: terms.map((term) => ({
    title: { vi: 'Bộ trưởng' },
    organizationId: 'org-a',
    provenance: [],
    ...term,
  })),
  organizationIds: ['org-a'],
  provenance: [],
  notes: [],
});

const holders = (asOf: string | null, ...terms: Partial<Term>[]) =>
  officeholdersOn([official('x', ...terms)], 'org-a', asOf).length;

it('without a day, all terms in the organization are given, and no others', () => {
  const terms = officeholdersOn(
    [official('x', {}, { organizationId: 'org-b' }), official('y', { seenOn: '2019' })],
    'org-a',
    null,
  );
  expect(terms.map((term) => term.official.name)).toEqual(['x', 'y']);
});

it('a sighting counts on the day seen, and not between two', () => {
  const sightings = [{ seenOn: '2019-03-11' }, { seenOn: '2022-08-11' }];
  expect(holders('2019-03-11', ...sightings)).toBe(1);
  expect(holders('2022-08', ...sightings)).toBe(1);
  expect(holders('2021', ...sightings)).toBe(0);
  expect(holders('2019-03-12', ...sightings)).toBe(0);
});

it('a coarse sighting counts on any day of its month or year', () => {
  expect(holders('2013-11-30', { seenOn: '2013-11' })).toBe(1);
  expect(holders('2013-12-01', { seenOn: '2013-11' })).toBe(0);
  expect(holders('2013-06-15', { seenOn: '2013' })).toBe(1);
});

it('a known extent counts throughout, a missing end of it is open', () => {
  const term = { validFrom: '2016-04', validTo: '2021' };
  for (const day of ['2016-04-01', '2018', '2021-12-31']) expect(holders(day, term)).toBe(1);
  for (const day of ['2016-03', '2022']) expect(holders(day, term)).toBe(0);
  expect(holders('2099', { validFrom: '2016' })).toBe(1);
  expect(holders('1999', { validTo: '2016' })).toBe(1);
  expect(holders('2017', { validTo: '2016' })).toBe(0);
});

it('a term that nothing is known of holds on no day', () => {
  expect(holders('2019', {})).toBe(0);
});
