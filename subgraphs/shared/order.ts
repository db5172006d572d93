import { searchPhrase } from './search.ts';

/**
 * An order of a collection. The fields are stored without gaps (a missing date as a text that sorts
 * last), the final one is `_id`: so a place in the order is one list of values, and nothing ties.
 */
export interface Order {
  /** Names what is ordered as well: a cursor serves no other list. */
  name: string;
  fields: readonly (readonly [field: string, direction: 1 | -1])[];
  /** The folded phrase by which `phraseRank`, the first field, is computed. */
  phrase?: string;
}

/** An order by `fields`, ties by id upwards. */
export function order(name: string, fields: Record<string, 1 | -1>): Order {
  return { name, fields: [...Object.entries(fields), ['_id', 1]] };
}

/** The same order from its end. */
export function reversed(given: Order): Order {
  return {
    ...given,
    fields: given.fields.map(([field, direction]) => [field, direction === 1 ? -1 : 1]),
  };
}

/** The order, but records that hold the whole phrase searched for stand first. */
export function phraseFirst(given: Order, search: string | null | undefined): Order {
  const phrase = searchPhrase(search);
  if (!phrase) return given;
  return { name: `${given.name} phrase`, fields: [['phraseRank', 1], ...given.fields], phrase };
}
