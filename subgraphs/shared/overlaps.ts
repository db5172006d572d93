import { badUserInput } from './errors.ts';
import { expression, type Condition } from './condition.ts';
import { firstDay, lastDay } from './partialDate.ts';

/** A PeriodFilter; a missing end is open. */
export interface PeriodFilter {
  from?: string | null | undefined;
  to?: string | null | undefined;
}

/**
 * The days of a record, from `firstDay` to `lastDay`, overlap a period: so «2013-11» is found in
 * 2013. A record without days is found only when no period is asked for. Throws `BAD_USER_INPUT`
 * when the period ends before it begins.
 */
export function overlaps(period: PeriodFilter | null | undefined): Condition[] {
  const { from, to } = period ?? {};
  if (from && to && firstDay(from) > lastDay(to)) {
    throw badUserInput(`A period cannot begin (from: "${from}") after it ends (to: "${to}").`);
  }
  return [
    ...(from ? expression({ lastDay: { $gte: firstDay(from) } }) : []),
    ...(to ? expression({ firstDay: { $lte: lastDay(to) } }) : []),
  ];
}
