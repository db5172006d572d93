import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  foldToWords,
  searchConditions,
  searchFields,
  searchPhrase,
} from '../../../subgraphs/shared/search.ts';

/** Whether a record of these texts meets the conditions of a search. */
function finds(query: string, texts: string[]): boolean {
  const { searchPrefixes } = searchFields(texts);
  return searchConditions(query).every((condition) =>
    'field' in condition
      ? condition.values.some((value) => searchPrefixes.includes(String(value)))
      : (condition.expression['searchPrefixes'] as { $all: string[] }).$all.every((word) =>
          searchPrefixes.includes(word),
        ),
  );
}

describe('words', () => {
  it.each([
    ['Thái Bình', ['thai', 'binh']],
    ['ĐÀ NẴNG', ['da', 'nang']],
    ['Đạ Tẻh'.normalize('NFD'), ['da', 'teh']],
    ['Số 09-CT/TW', ['so', '09', 'ct', 'tw']],
    ['«Ngày hội», 1,57kg', ['ngay', 'hoi', '1', '57kg']],
    ['', []],
    [' \t\n', []],
    ['.*+?^${}()|[]\\', []],
    ['a\u0000b', ['a', 'b']],
    ['Ω中', ['ω中']],
  ])('of %j are %j', (text, words) => {
    expect(foldToWords(text)).toEqual(words);
  });

  it('folding what is folded changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const words = foldToWords(text);
        expect(foldToWords(words.join(' '))).toEqual(words);
      }),
    );
  });
});

const letters = fc.constantFrom(...'aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậềểễếệìỉĩíịờởỡớợ');
const word = fc.array(letters, { minLength: 1, maxLength: 7 }).map((all) => all.join(''));

it('beginnings of any words of a record find it, in any order, case and normal form', () => {
  const name = fc.array(word, { minLength: 1, maxLength: 6 });
  const begun = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean(), fc.boolean()), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(name, begun, (words, parts) => {
      const query = parts
        .map(([which, length, isUpper, isDecomposed]) => {
          const whole = words[which % words.length] ?? '';
          const beginning = whole.slice(0, 1 + (length % whole.length));
          const cased = isUpper ? beginning.toUpperCase() : beginning;
          return isDecomposed ? cased.normalize('NFD') : cased;
        })
        .join(' ');
      expect(finds(query, [words.join(' ')])).toBe(true);
    }),
  );
});

it('the end of a word does not find it', () => {
  expect(finds('hai', ['Thái Bình'])).toBe(false);
  expect(finds('tri', ['Tuyên Quang'])).toBe(false);
  expect(finds('thai binhx', ['Thái Bình'])).toBe(false);
});

it('words of different texts of a record count together, and missing texts do no harm', () => {
  expect(finds('cong an police', ['Công an', 'Police'])).toBe(true);
  expect(searchFields(['Công an', null, undefined, '']).searchPrefixes).toEqual(
    searchFields(['Công an']).searchPrefixes,
  );
});

it('words are told apart by their first 24 letters', () => {
  const long = 'a'.repeat(24);
  expect(finds(`${long}b`, [`${long}c`])).toBe(true);
  expect(finds(`${'a'.repeat(23)}b`, [`${'a'.repeat(23)}c`])).toBe(false);
  expect(searchFields(['a'.repeat(1000)]).searchPrefixes).toHaveLength(24);
});

it('a blank search asks nothing', () => {
  for (const query of [null, undefined, '', ' \n', '...']) {
    expect(searchConditions(query)).toEqual([]);
    expect(searchPhrase(query)).toBeNull();
  }
});

it('a search asks an index for its longest word', () => {
  expect(searchConditions('xã hưng mỹ')[0]).toEqual({ field: 'searchPrefixes', values: ['hung'] });
});

describe('whole phrases', () => {
  const holds = (query: string, ...texts: string[]) =>
    searchFields(texts).searchText.includes(searchPhrase(query) ?? '?');

  it('begin with a word, and may end within one', () => {
    expect(holds('thái bì', 'Tỉnh Thái Bình')).toBe(true);
    expect(holds('hai binh', 'Thái Bình')).toBe(false);
    expect(holds('bình thái', 'Thái Bình')).toBe(false);
  });

  it('do not reach from one text into the next', () => {
    expect(holds('bình tỉnh', 'Thái Bình', 'Tỉnh')).toBe(false);
  });
});

it('searches that are too long are refused', () => {
  const code = 'BAD_USER_INPUT';
  expect(() => searchConditions('x'.repeat(201))).toThrow(
    expect.objectContaining({ extensions: { code } }),
  );
  expect(() => searchConditions([...'abcdefghijklm'].join(' '))).toThrow(
    /12 words at most; this one has 13/,
  );
});
