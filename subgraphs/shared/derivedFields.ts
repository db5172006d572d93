import { firstDay, lastDay } from './partialDate.ts';
import { searchFields } from './search.ts';
import { vietnameseSortKey } from './vietnameseSortKey.ts';

/** A text in Vietnamese and, where there is one, English. */
export interface Bilingual {
  vi: string;
  en?: string | null | undefined;
}

/** A name with the fields that it is sorted and, with `others`, found by. */
export function withName(name: Bilingual, others: readonly (string | null | undefined)[] = []) {
  return {
    name,
    nameSort: vietnameseSortKey(name.vi),
    ...searchFields([name.vi, name.en, ...others]),
  };
}

/** Sorts after every date. */
const NEVER = '~';

/** The fields that a date is compared and sorted by; what has no date stands last in each direction. */
export function dateFields(date: string | null | undefined) {
  if (!date) return { latestFirst: '', earliestFirst: NEVER };
  const first = firstDay(date);
  return { firstDay: first, lastDay: lastDay(date), latestFirst: first, earliestFirst: first };
}

/** A period as it is stored, as far as its extent goes. */
export interface Extent {
  from?: string | null | undefined;
  to?: string | null | undefined;
}

/** The fields that a period is compared by. A period with one end known is taken for that day alone. */
export function periodFields(period: Extent | null | undefined) {
  const from = period?.from ?? period?.to;
  const to = period?.to ?? period?.from;
  if (!from || !to) return { years: [] };
  const [firstYear, lastYear] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  return {
    firstDay: firstDay(from),
    lastDay: lastDay(to),
    years: Array.from({ length: lastYear - firstYear + 1 }, (_, index) => firstYear + index),
  };
}
