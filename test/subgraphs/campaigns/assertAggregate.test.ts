import { expect, it } from 'vitest';
import { assertAggregate } from '../../../subgraphs/campaigns/assertAggregate.ts';

const figure = { _id: 'out-x', value: 24, isSensitive: true, placeLevel: 'PROVINCE' };

it.each(['COUNTRY', 'REGION', 'PROVINCE', 'DISTRICT', null])(
  'a count of people in a place of level %s is kept',
  (placeLevel) => expect(() => assertAggregate({ ...figure, placeLevel })).not.toThrow(),
);

it.each(['COMMUNE', 'HAMLET', 'SITE'])('a count of people in one %s is refused', (placeLevel) => {
  expect(() => assertAggregate({ ...figure, placeLevel })).toThrow(
    `out-x place: it counts people in one ${placeLevel.toLowerCase()}, and such figures are kept from district level up only`,
  );
});

it('a count of fewer than five people is refused, five are kept', () => {
  for (const value of [0, 1, 4, 4.9]) {
    expect(() => assertAggregate({ ...figure, value })).toThrow(
      `out-x value: it counts ${value} people, and a figure under 5 could describe a person`,
    );
  }
  expect(() => assertAggregate({ ...figure, value: 5 })).not.toThrow();
});

it('what counts no people is kept, however small', () => {
  const computers = { ...figure, value: 1, isSensitive: false, placeLevel: 'HAMLET' };
  expect(() => assertAggregate(computers)).not.toThrow();
});
