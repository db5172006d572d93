import { LRUCache } from 'lru-cache';

/**
 * So many characters of texts are kept with what was made of them, which comes to a hundred bytes for each: with a
 * thousand of the longest ones it would be gigabytes.
 */
export const MAX_CHARACTERS = 640_000;

/** Remembers what `compute` gave for the `limit` keys that were used last, fewer when they are long. What throws is not kept. */
export function boundedCache<V>(limit: number, compute: (key: string) => V): (key: string) => V {
  const values = new LRUCache<string, { value: V }>({
    max: limit,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (_entry, key) => key.length || 1,
  });
  return (key) => {
    const known = values.get(key);
    if (known) return known.value;
    const entry = { value: compute(key) };
    values.set(key, entry);
    return entry.value;
  };
}
