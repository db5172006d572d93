/** Tells how far a run has come, and how long the rest will take. */
export interface Steps {
  /** One step is done, `what`. */
  done(what: string): void;
}

const inWords = (seconds: number) =>
  seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;

/** One line for each of `expected` steps that take about as long as each other. */
export function createSteps(
  expected: number,
  log: (line: string) => void,
  now: () => number = Date.now,
): Steps {
  const started = now();
  let count = 0;
  return {
    done(what) {
      count += 1;
      const left = ((now() - started) / 1_000 / count) * Math.max(0, expected - count);
      log(`bench: ${count} of ${expected}, ${what}, about ${inWords(left)} left`);
    },
  };
}
