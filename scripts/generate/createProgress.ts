/** Tells how far a long run has come. */
export interface Progress {
  add(records: number): void;
  /** One line with the whole. */
  end(): void;
}

const EVERY_MS = 2_000;

/** 12,345 */
export const grouped = (number: number) => Math.round(number).toLocaleString('en-US');

/** 45 s, 12 min, 3.0 h */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 5_400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}

/** Logs a line every two seconds: records so far of about `expected`, their rate and the time left. */
export function createProgress(
  expected: number,
  log: (line: string) => void,
  now: () => number = Date.now,
): Progress {
  const started = now();
  let logged = started;
  let records = 0;
  return {
    add(more) {
      records += more;
      const time = now();
      if (time - logged < EVERY_MS) return;
      logged = time;
      const rate = records / ((time - started) / 1_000);
      const left = Math.max(0, expected - records) / rate;
      log(
        `generate: ${grouped(records)} of about ${grouped(expected)} records, ` +
          `${grouped(rate)} a second, about ${duration(left)} left`,
      );
    },
    end() {
      const seconds = Math.max(0.001, (now() - started) / 1_000);
      log(
        `generate: ${grouped(records)} records in ${duration(seconds)}, ` +
          `${grouped(records / seconds)} a second`,
      );
    },
  };
}
