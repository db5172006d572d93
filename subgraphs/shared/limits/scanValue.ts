import { isRecord } from '../isRecord.ts';

/** What a JSON value comes to. */
export interface ValueSize {
  /** About the number of characters of its text. */
  characters: number;
  nesting: number;
  /** The length of its longest list. */
  longestList: number;
}

/** Measures a JSON value, level by level, so that no depth of it ends the stack. */
export function scanValue(value: unknown): ValueSize {
  const size: ValueSize = { characters: 0, nesting: 0, longestList: 0 };
  let level: unknown[] = [value];
  while (level.length) {
    const below: unknown[] = [];
    for (const each of level) {
      if (typeof each === 'string') {
        size.characters += each.length + 2;
      } else if (Array.isArray(each)) {
        size.longestList = Math.max(size.longestList, each.length);
        size.characters += each.length + 1;
        for (const item of each) below.push(item);
      } else if (isRecord(each)) {
        for (const name in each) {
          size.characters += name.length + 4;
          below.push(each[name]);
        }
      } else {
        size.characters += 4;
      }
    }
    if (below.length) size.nesting += 1;
    level = below;
  }
  return size;
}
