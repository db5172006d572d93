/** Upper bounds of buckets of what takes seconds: requests, fetches, planning. */
export const DURATIONS_S = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
];

/** Of what operations cost. */
export const COSTS = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];
