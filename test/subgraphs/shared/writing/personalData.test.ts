import { expect, it } from 'vitest';
import { personalData } from '../../../../subgraphs/shared/writing/personalData.ts';

it.each([
  ['a telephone number', 'Liên hệ 0912 345 678'],
  ['a telephone number', 'gọi +84 912-345-678'],
  ['a telephone number', '(024) 3822 5678'],
  ['a telephone number', 'ĐT: 0912.345.678.'],
  ['the number of an identity card', 'CCCD 001098012345'],
  ['the number of an identity card', 'CMND số 151234567'],
  ['the number of an identity card', '001 098 012 345'],
  ['an e-mail address', 'thu.a@example.vn'],
])('finds %s in «%s»', (what, text) => {
  expect(personalData(text)).toBe(what);
});

it.each([
  'Trên 1.447 mô hình, 729 hòm thư',
  'giai đoạn 2016 - 2020',
  '1.000.000.000 đồng',
  'ngày 05/01/2021, 09/CTr-BCA-MTTW, 105/CTPH-HNCT-BCA',
  'Chỉ thị 09-CT/TW ngày 01/12/2011',
  '56.600 lượt người, 1,57kg, đạt 99,05%',
])('finds nothing in «%s»', (text) => {
  expect(personalData(text)).toBeNull();
});
