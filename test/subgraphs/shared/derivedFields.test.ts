import { describe, expect, it } from 'vitest';
import { dateFields, periodFields, withName } from '../../../subgraphs/shared/derivedFields.ts';

describe('dates', () => {
  it('a date has its first and last day, and sorts by the first in either direction', () => {
    expect(dateFields('2020-02')).toEqual({
      firstDay: '2020-02-01',
      lastDay: '2020-02-29',
      latestFirst: '2020-02-01',
      earliestFirst: '2020-02-01',
    });
  });

  it.each([null, undefined, ''])('%j sorts behind every date in either direction', (none) => {
    const { latestFirst, earliestFirst, ...days } = dateFields(none);
    expect(days).toEqual({});
    for (const date of ['0001', '9999-12-31']) {
      expect(latestFirst < dateFields(date).latestFirst).toBe(true);
      expect(earliestFirst > dateFields(date).earliestFirst).toBe(true);
    }
  });
});

describe('periods', () => {
  it.each([
    [{ from: '2016', to: '2020' }, '2016-01-01', '2020-12-31', [2016, 2017, 2018, 2019, 2020]],
    [{ from: '2019-11', to: '2020-02' }, '2019-11-01', '2020-02-29', [2019, 2020]],
    [{ from: '2020', to: '2020-05-03' }, '2020-01-01', '2020-05-03', [2020]],
    [{ from: '2012-02-23' }, '2012-02-23', '2012-02-23', [2012]],
    [{ from: null, to: '2022-08' }, '2022-08-01', '2022-08-31', [2022]],
  ])('%j', (period, firstDay, lastDay, years) => {
    expect(periodFields(period)).toEqual({ firstDay, lastDay, years });
  });

  it.each([null, undefined, {}, { from: null, to: null }])('%j touches no year', (period) => {
    expect(periodFields(period)).toEqual({ years: [] });
  });
});

it('a name is sorted by its Vietnamese and found by all its texts', () => {
  const { name, nameSort, searchPrefixes, searchText } = withName({ vi: 'Đội', en: 'Team' }, [
    'ĐTN',
    null,
  ]);
  expect(name).toEqual({ vi: 'Đội', en: 'Team' });
  expect(nameSort).toBe(withName({ vi: 'Đội' }).nameSort);
  expect(searchPrefixes).toEqual(['d', 'do', 'doi', 't', 'te', 'tea', 'team', 'dt', 'dtn']);
  expect(searchText).toBe(' doi | team | dtn ');
});
