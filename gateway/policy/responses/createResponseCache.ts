import { LRUCache } from 'lru-cache';

/** Answers to the public, for as long as they are fresh. */
export interface ResponseCache {
  find(key: string): KeptResponse | undefined;
  /** To be called before an answer is made: gives what keeps it, unless the cache is emptied meanwhile. */
  begin(): KeepResponse;
  empty(): void;
  /** A number that it has given to nobody before. */
  number(): number;
  /** For those who watch. */
  state(): ResponseCacheState;
}

/** Keeps data, as JSON text, until they are older than `maxAgeS`. */
export type KeepResponse = (key: string, data: string, maxAgeS: number) => void;

export interface KeptResponse {
  data: string;
  maxAgeS: number;
  /** When it began to be made, by the clock of `performance`. */
  since: number;
}

export interface ResponseCacheState {
  responses: number;
  bytes: number;
  /** Of the queries that may be answered from it: those that were, and those that were not. */
  hits: number;
  misses: number;
}

/** What an entry takes beside its texts. */
const OVERHEAD = 300;

/** Makes an empty cache of so many bytes, as texts take two for each character; 0: it keeps nothing. */
export function createResponseCache(maxBytes: number): ResponseCache {
  const kept = new LRUCache<string, KeptResponse>({
    maxSize: Math.max(1, maxBytes),
    // One answer must not push out all others.
    maxEntrySize: Math.ceil(maxBytes / 4) || 1,
    sizeCalculation: ({ data }, key) => 2 * (data.length + key.length) + OVERHEAD,
  });
  let emptied = 0;
  let numbers = 0;
  let hits = 0;
  let misses = 0;
  return {
    find(key) {
      const found = kept.get(key);
      if (found) hits += 1;
      else misses += 1;
      return found;
    },
    begin() {
      const [begun, since] = [emptied, performance.now()];
      return (key, data, maxAgeS) => {
        const ttl = Math.floor(maxAgeS * 1_000 - (performance.now() - since));
        if (begun !== emptied || ttl <= 0) return;
        kept.set(key, { data: flatten(data), maxAgeS, since }, { ttl });
      };
    },
    empty() {
      emptied += 1;
      kept.clear();
    },
    number: () => (numbers += 1),
    state: () => ({ responses: kept.size, bytes: kept.calculatedSize, hits, misses }),
  };
}

/** A text that was put together keeps all of its parts, each of which takes more than its characters. */
const flatten = (text: string) => Buffer.from(text).toString();
