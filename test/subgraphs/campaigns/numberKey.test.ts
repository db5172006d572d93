import { expect, it } from 'vitest';
import { numberKey } from '../../../subgraphs/campaigns/numberKey.ts';

it.each([
  ['09-CT/TW', '09-ct/tw'],
  ['09 – ct/TW', '09-ct/tw'],
  ['09—CT/TW', '09-ct/tw'],
  ['09‑CT/TW', '09-ct/tw'],
  [' 105/CTrPH-BCA-NCT\n', '105/ctrph-bca-nct'],
  ['03/NQLT-BCA-ĐTN'.normalize('NFD'), '03/nqlt-bca-đtn'],
])('%j is compared as %j', (number, key) => {
  expect(numberKey(number)).toBe(key);
});

it('other numbers stay other numbers', () => {
  expect(numberKey('09-CT/TW')).not.toBe(numberKey('9-CT/TW'));
  expect(numberKey('09-CT/TW')).not.toBe(numberKey('09/CT-TW'));
});
