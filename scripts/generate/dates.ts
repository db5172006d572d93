import type { Random } from './createRandom.ts';

const DAY_MS = 86_400_000;

/** A day between two others, both included. */
export function dayBetween(random: Random, first: string, last: string): string {
  const [from, to] = [Date.parse(first), Date.parse(last)];
  return new Date(from + random.integer(0, (to - from) / DAY_MS) * DAY_MS)
    .toISOString()
    .slice(0, 10);
}

/** A date as sources have it: one in ten by the month or missing. */
export function asReported(random: Random, day: string): string | undefined {
  if (random.chance(0.05)) return undefined;
  return random.chance(0.05) ? day.slice(0, 7) : day;
}

/** The part of a year that a place that has stood since `validFrom` can report on. */
export function periodOfYear(year: number, validFrom: string | null) {
  const [from, to] = [`${year}-01-01`, `${year}-12-31`];
  return validFrom && validFrom > from
    ? { label: `6 tháng cuối năm ${year}`, from: validFrom, to }
    : { label: `năm ${year}`, from, to };
}
