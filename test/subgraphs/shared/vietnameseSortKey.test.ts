import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vietnameseSortKey } from '../../../subgraphs/shared/vietnameseSortKey.ts';

const collator = new Intl.Collator('vi');

/** The order of the keys as the database has it: byte by byte. */
const compareKeys = (a: string, b: string) =>
  Buffer.compare(Buffer.from(vietnameseSortKey(a)), Buffer.from(vietnameseSortKey(b)));

const sortByKey = (names: readonly string[]) => [...names].sort(compareKeys);

describe('the order of the keys is the Vietnamese alphabet', () => {
  it.each([
    [
      'letters of their own',
      ['a', 'ă', 'â', 'b', 'c', 'd', 'đ', 'e', 'ê', 'o', 'ô', 'ơ', 'u', 'ư', 'y'],
    ],
    ['tones', ['la', 'là', 'lả', 'lã', 'lá', 'lạ']],
    ['letters before tones', ['bả', 'bạ', 'bac', 'bạc', 'bác hai', 'bạch']],
    ['case last', ['an', 'An', 'AN', 'án', 'Án']],
    ['Đ after D', ['Da', 'Dạ', 'Du', 'Đà', 'Đu', 'E']],
    ['shorter first', ['', 'Huế', 'Huế 2', 'Huế 2011', 'Huệ', 'Huyện']],
    ['spaces before digits before letters', ['a b', 'a-b', 'a1', 'ab']],
  ])('%s', (_name, names) => {
    expect(sortByKey([...names].reverse())).toEqual([...names].sort(collator.compare));
    expect(sortByKey(names)).toEqual(sortByKey([...names].reverse()));
  });

  it('ả, ã and á stand where Vietnamese dictionaries have them', () => {
    expect(sortByKey(['lạ', 'lá', 'lã', 'lả', 'là', 'la'])).toEqual([
      'la',
      'là',
      'lả',
      'lã',
      'lá',
      'lạ',
    ]);
  });

  it('composed and decomposed letters have one key', () => {
    const name = 'Uỷ ban Mặt trận Tổ quốc huyện Đạ Tẻh';
    expect(vietnameseSortKey(name.normalize('NFD'))).toBe(vietnameseSortKey(name));
  });
});

describe('the order of the keys is the order of ICU', () => {
  const vowels = [...'aăâeêioôơuưy'];
  const tones = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'];
  const lower = [
    ...vowels.flatMap((vowel) => tones.map((tone) => (vowel + tone).normalize('NFC'))),
    ...'bcdđfghjklmnpqrstvwxz',
  ];
  const letter = fc.constantFrom(...lower, ...lower.map((each) => each.toUpperCase()));
  const ascii = Array.from({ length: 0x7f - 0x20 }, (_, index) =>
    String.fromCharCode(0x20 + index),
  );
  const other = fc.constantFrom(...ascii, ...'–—·…‘’“”«»');
  const word = fc.array(fc.oneof({ weight: 5, arbitrary: letter }, other), { maxLength: 8 });
  const text = word.map((letters) => letters.join(''));

  it('for random texts', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareKeys(a, b))).toBe(Math.sign(collator.compare(a, b)));
      }),
      { numRuns: 5_000 },
    );
  });

  it('for texts that differ in one letter', () => {
    fc.assert(
      fc.property(text, letter, letter, text, (before, one, two, after) => {
        const [a, b] = [before + one + after, before + two + after];
        expect(Math.sign(compareKeys(a, b))).toBe(Math.sign(collator.compare(a, b)));
      }),
      { numRuns: 5_000 },
    );
  });

  it('for every name of the facts, in either normal form', () => {
    const folder = new URL('../../../scripts/seed/facts/', import.meta.url);
    const names = readdirSync(folder).flatMap((file) => {
      const { records } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as {
        records: { nameVi?: string; titleVi?: string }[];
      };
      return records.flatMap(({ nameVi, titleVi }) => nameVi ?? titleVi ?? []);
    });
    const different = [...new Set(names)];
    expect(different.length).toBeGreaterThan(250);
    expect(sortByKey(different)).toEqual([...different].sort(collator.compare));
    expect(sortByKey(different.map((name) => name.normalize('NFD')))).toEqual(
      sortByKey(different).map((name) => name.normalize('NFD')),
    );
  });
});

it('letters of other alphabets stand last, each with a place of its own', () => {
  expect(sortByKey(['Ω', 'Я', 'ỹ', '中', 'z', '🎉'])).toEqual(['ỹ', 'z', 'Ω', 'Я', '中', '🎉']);
});
