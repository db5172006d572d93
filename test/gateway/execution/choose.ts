/** Chooses a whole number from 0 to below `count`; 0 is the plainest choice everywhere. */
export type Choose = (count: number) => number;

/** Chooses the one that stands at a chosen place. */
export function pick<T>(choose: Choose, from: readonly T[]): T {
  const chosen = from[choose(from.length)];
  if (chosen === undefined) throw new Error('there is nothing to choose from');
  return chosen;
}

/** Whether something happens that does so one in so many times. */
export const rarely = (choose: Choose, times: number) => choose(times) === times - 1;
