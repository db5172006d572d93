import { badUserInput } from './errors.ts';
import { expression, oneOf, type Condition } from './condition.ts';

const LONGEST_QUERY = 200;
const MOST_WORDS = 12;
/** Words are compared by so many first letters: no Vietnamese syllable comes near it. */
const LONGEST_PREFIX = 24;

/**
 * The words of a text as search compares them: no marks, no case, `đ` as `d`.
 * ICU's `vi` collation does not serve here: to it ă, â, đ, ê, ô, ơ and ư are letters of their own.
 */
export function foldToWords(text: string): string[] {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/** What a record is found by, kept beside it. */
export interface SearchFields {
  /** Each beginning of each word, so that a search is an equality that an index answers, never a pattern. */
  searchPrefixes: string[];
  /** All texts folded, each within spaces, to tell whole phrases from scattered words. */
  searchText: string;
}

/** Derives the search fields of a record from the texts it is to be found by. */
export function searchFields(texts: readonly (string | null | undefined)[]): SearchFields {
  const folded = texts.flatMap((text) => (text ? [foldToWords(text)] : []));
  const prefixes = folded.flat().flatMap((word) => {
    const letters = [...word.slice(0, LONGEST_PREFIX)];
    return letters.map((_, index) => letters.slice(0, index + 1).join(''));
  });
  return {
    searchPrefixes: [...new Set(prefixes)],
    searchText: folded.map((words) => ` ${words.join(' ')} `).join('|'),
  };
}

/** Conditions for a search: every word of `query` begins a word of the record; a blank one asks nothing. */
export function searchConditions(query: string | null | undefined): Condition[] {
  if (!query?.trim()) return [];
  if (query.length > LONGEST_QUERY) {
    throw badUserInput(
      `A search may have ${LONGEST_QUERY} characters at most; this one has ${query.length}.`,
    );
  }
  const words = [...new Set(foldToWords(query))].map((word) => word.slice(0, LONGEST_PREFIX));
  if (words.length > MOST_WORDS) {
    throw badUserInput(
      `A search may have ${MOST_WORDS} words at most; this one has ${words.length}.`,
    );
  }
  // The longest word finds the fewest records: the index is asked for it, the rest is filtered.
  const [longest, ...others] = words.sort((a, b) => b.length - a.length);
  if (!longest) return [];
  return [
    ...oneOf('searchPrefixes', longest),
    ...(others.length ? expression({ searchPrefixes: { $all: others } }) : []),
  ];
}

/** The folded phrase to rank by, or null when there is no search. */
export function searchPhrase(query: string | null | undefined): string | null {
  const words = query ? foldToWords(query) : [];
  return words.length ? ` ${words.join(' ')}` : null;
}
