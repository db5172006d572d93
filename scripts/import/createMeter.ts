import { duration, grouped } from '../generate/createProgress.ts';
import type { Tally } from './Tally.ts';

const EVERY_MS = 2_000;

export const describeTally = ({ rows, accepted, already, refused }: Tally, dryRun = false) =>
  `${grouped(rows)} rows: ${grouped(accepted)} ${dryRun ? 'would be accepted' : 'accepted'}, ` +
  `${grouped(already)} there already, ${grouped(refused)} refused`;

/** Tells every two seconds how far it is: the time left is reckoned by the bytes that were read. */
export function createMeter(
  from: number,
  size: number,
  rowsBefore: number,
  log: (line: string) => void,
) {
  const started = Date.now();
  let told = started;
  return (tally: Tally, offset: number) => {
    const now = Date.now();
    if (now - told < EVERY_MS) return;
    told = now;
    const seconds = (now - started) / 1_000;
    const rate = (tally.rows - rowsBefore) / seconds;
    const left = ((size - offset) * seconds) / Math.max(1, offset - from);
    log(
      `import: ${describeTally(tally)}; ${grouped(rate)} a second, ` +
        `${Math.floor((100 * offset) / Math.max(1, size))} % of the file, about ${duration(left)} left`,
    );
  };
}
