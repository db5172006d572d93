/** So many retries are there at the start, and again after a calm time. */
const RESERVE = 20;
const MOST = 200;
/** What each first try adds: in the long run no more than one retry for five tries. */
const SHARE = 0.2;

/** Bounds retries by how many first tries there are, so that they never multiply an outage. */
export interface RetryBudget {
  /** A first try is made. */
  deposit(): void;
  /** Whether a retry may be made; it is counted. */
  withdraw(): boolean;
}

export function createRetryBudget(): RetryBudget {
  let left = RESERVE;
  return {
    deposit: () => void (left = Math.min(MOST, left + SHARE)),
    withdraw() {
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
