import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Refused } from '../authentication/Refused.ts';
import { addressGroup, isLoopback } from './addressGroup.ts';
import { createBuckets } from './createBuckets.ts';
import type { RateConfig } from './rateSettings.ts';

/** Who sends a request, as far as can be told before anything is verified. */
export interface Sender {
  address: string;
  /** The key or token that is shown; undefined where none is. */
  credential: string | undefined;
}

/** A credential that is verified now. Until it has been found good it counts as wrong, so that none slip by side by side. */
export interface Trial {
  good(subject: string): void;
  /** It can't be judged at the moment. */
  undecided(): void;
  wrong(): void;
}

/** Counts requests, and keys and tokens that were wrong. */
export interface RateLimiter {
  /**
   * Counts a request before anything of it is verified. Gives the trial of its credential, if it shows one.
   * Throws `Refused` with status 429 when there are too many.
   */
  enter(sender: Sender): Trial | undefined;
  /** How many senders are remembered, for those who watch memory. */
  states(): { requests: number; wrongKeys: number; knownKeys: number };
}

/** So many good credentials are remembered, each for so long since it was last good. */
const KNOWN = 50_000;
const KNOWN_MS = 3_600_000;

/**
 * Makes what slows down those who ask too often and those who guess keys. A credential that was good within the last
 * hour is counted by itself, wherever it comes from: so it goes on working behind an address from which others guess.
 * All else from that address waits, a good key that was not seen before too. Whether a known credential is still good
 * is verified as always: known is only that it is not a guess.
 */
export function createRateLimiter(
  { requestsPerS, burstS, sparesLoopback, wrongKeysPerMinute }: RateConfig,
  now?: () => number,
): RateLimiter {
  const requests =
    requestsPerS === undefined
      ? undefined
      : createBuckets({ capacity: requestsPerS * burstS, restorePerS: requestsPerS, now });
  const wrongKeys =
    wrongKeysPerMinute === undefined
      ? undefined
      : createBuckets({ capacity: wrongKeysPerMinute, restorePerS: wrongKeysPerMinute / 60, now });
  /** Whose a credential is, by its hash: it is not kept itself. */
  const known = new LRUCache<string, string>({ max: KNOWN, ttl: KNOWN_MS });
  const fingerprint = (credential: string) => hash('sha256', credential, 'base64url');

  const count = (who: string) => {
    const { taken = true, waitS } = requests?.take(who, 1) ?? {};
    if (taken) return;
    throw tooMany(
      `You ask too often: ${requests?.restorePerS} requests a second are answered here for each key or address. Wait, then ask for more at once and less often.`,
      waitS,
    );
  };
  const begin = (print: string, group: string, isKnown: boolean): Trial => {
    const guess = isKnown ? undefined : wrongKeys?.take(group, 1);
    if (guess?.taken === false) {
      throw tooMany(
        'Too many wrong keys or tokens came from your address: wait, then send one that is good.',
        guess.waitS,
      );
    }
    const forgive = () => {
      if (guess) wrongKeys?.giveBack(group, 1);
    };
    return {
      good(subject) {
        forgive();
        known.set(print, subject);
      },
      undecided: forgive,
      wrong: () => void known.delete(print),
    };
  };

  return {
    enter({ address, credential }) {
      const print = credential === undefined ? undefined : fingerprint(credential);
      const subject = print === undefined ? undefined : known.get(print);
      const group = addressGroup(address);
      if (!(sparesLoopback && isLoopback(address))) count(subject ?? `address ${group}`);
      return print === undefined ? undefined : begin(print, group, subject !== undefined);
    },
    states: () => ({
      requests: requests?.size() ?? 0,
      wrongKeys: wrongKeys?.size() ?? 0,
      knownKeys: known.size,
    }),
  };
}

const tooMany = (message: string, retryAfterS: number | undefined) =>
  new Refused(message, 429, retryAfterS);
