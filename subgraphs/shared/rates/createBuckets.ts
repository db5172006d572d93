import { LRUCache } from 'lru-cache';

export interface BucketSettings {
  /** What one may take at once, after a rest. */
  capacity: number;
  /** What comes back each second. */
  restorePerS: number;
  /** How many are remembered; those that took something longest ago are forgotten first. */
  kept?: number;
  /** The time in milliseconds. */
  now?: () => number;
}

/** What came of an attempt to take something. */
export interface Taking {
  taken: boolean;
  /** What is left. */
  available: number;
  /** In so many seconds there will be enough; 0 when there was. */
  waitS: number;
}

/** One leaky bucket for each who takes from it. Full ones are forgotten when others need the room. */
export interface Buckets extends Readonly<
  Required<Pick<BucketSettings, 'capacity' | 'restorePerS'>>
> {
  take(who: string, amount: number): Taking;
  /** Gives back what was taken and not used; a negative amount takes more, if need be on credit. */
  giveBack(who: string, amount: number): void;
  available(who: string): number;
  /** How many are remembered. */
  size(): number;
}

interface Bucket {
  used: number;
  at: number;
}

/** About 15 MB, at most. */
const KEPT = 100_000;

/** Makes buckets, all of one size, in bounded memory. */
export function createBuckets({
  capacity,
  restorePerS,
  kept = KEPT,
  now = Date.now,
}: BucketSettings): Buckets {
  const buckets = new LRUCache<string, Bucket>({ max: kept });
  const usedBy = (who: string, at: number): number => {
    const bucket = buckets.get(who);
    if (!bucket) return 0;
    // A clock that is set back restores nothing.
    const passedS = Math.max(0, at - bucket.at) / 1_000;
    return Math.max(0, bucket.used - passedS * restorePerS);
  };
  const keep = (who: string, used: number, at: number) => {
    // Nobody waits longer than for two full buckets. A full one stays: when its last entry goes, the cache clears
    // arrays for all that it may hold, and the only client of a server would fill its bucket with every answer.
    buckets.set(who, { used: Math.min(Math.max(0, used), 2 * capacity), at });
  };

  return {
    capacity,
    restorePerS,
    take(who, amount) {
      const at = now();
      const used = usedBy(who, at);
      const missing = used + amount - capacity;
      if (missing > 0) {
        return {
          taken: false,
          available: Math.max(0, Math.floor(capacity - used)),
          waitS: Math.max(1, Math.ceil(missing / restorePerS)),
        };
      }
      keep(who, used + amount, at);
      return { taken: true, available: Math.floor(Math.abs(missing)), waitS: 0 };
    },
    giveBack(who, amount) {
      const at = now();
      keep(who, usedBy(who, at) - amount, at);
    },
    available: (who) => Math.max(0, Math.floor(capacity - usedBy(who, now()))),
    size: () => buckets.size,
  };
}
