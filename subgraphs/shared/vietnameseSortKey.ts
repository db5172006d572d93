const letters = [
  ...'abcdefghijklmnopqrstuvwxyz',
  ...'àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ',
];
const repertoire = [
  ...letters,
  ...letters.map((letter) => letter.toUpperCase()),
  ...'0123456789 _-–—,;:!?.·…\'‘’"“”«»()[]{}@*/\\&#%`^+<=>|~$',
];

/** Rank of each character among the groups of characters that `collator` holds equal. */
function ranks(collator: Intl.Collator): Map<string, number> {
  const sorted = [...repertoire].sort(collator.compare);
  let rank = 0;
  return new Map(
    sorted.map((character, index) => {
      const before = sorted[index - 1];
      if (before !== undefined && collator.compare(before, character) !== 0) rank += 1;
      return [character, rank];
    }),
  );
}

// The tables come from ICU, so that the order has one authority; only the key is made here.
const byLetter = ranks(new Intl.Collator('vi', { sensitivity: 'base' }));
const byMark = ranks(new Intl.Collator('vi', { sensitivity: 'accent' }));
const byCase = ranks(new Intl.Collator('vi', { sensitivity: 'variant' }));

const symbol = (rank: number) => String.fromCodePoint(0x21 + rank);
const AFTER_ALL_RANKS = symbol(repertoire.length);

/**
 * A text whose plain (binary) order is the Vietnamese alphabetical order of `text`, as ICU's `vi`
 * collation has it: letters first (Đ after D, Ê after E), then tone marks, then case. JavaScript
 * gives no sort keys and a collation on MongoDB's side keeps other indexes from being used, so the
 * key is stored. Characters beyond Vietnamese, ASCII and common punctuation stand last, by code point.
 * Source: Unicode Technical Standard 10, section 4.3 (form a sort key for each string).
 */
export function vietnameseSortKey(text: string): string {
  const characters = [...text.normalize('NFC')];
  const level = (table: Map<string, number>) =>
    characters
      .map((character) => {
        const rank = table.get(character);
        return rank === undefined ? AFTER_ALL_RANKS + character : symbol(rank);
      })
      .join('');
  // A space sorts before every symbol: it ends a level, so that a shorter text stands first.
  return [level(byLetter), level(byMark), level(byCase)].join(' ');
}
