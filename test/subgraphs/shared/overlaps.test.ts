import { expect, it } from 'vitest';
import { overlaps } from '../../../subgraphs/shared/overlaps.ts';

const from = (day: string) => ({ expression: { lastDay: { $gte: day } } });
const to = (day: string) => ({ expression: { firstDay: { $lte: day } } });

it.each([
  ['no period', null, []],
  ['a period without ends', { from: null, to: undefined }, []],
  ['a year', { from: '2013', to: '2013' }, [from('2013-01-01'), to('2013-12-31')]],
  ['an open end', { from: '2013-11' }, [from('2013-11-01')]],
  ['an open beginning', { to: '2012-02' }, [to('2012-02-29')]],
  ['one day', { from: '2012-02-23', to: '2012-02-23' }, [from('2012-02-23'), to('2012-02-23')]],
  [
    'a day and the year that holds it',
    { from: '2012-02-23', to: '2012' },
    [from('2012-02-23'), to('2012-12-31')],
  ],
])('%s', (_name, period, conditions) => {
  expect(overlaps(period)).toEqual(conditions);
});

it('a period that ends before it begins is refused', () => {
  expect(() => overlaps({ from: '2013-02', to: '2013-01' })).toThrow(
    expect.objectContaining({
      message: 'A period cannot begin (from: "2013-02") after it ends (to: "2013-01").',
      extensions: { code: 'BAD_USER_INPUT' },
    }),
  );
});
