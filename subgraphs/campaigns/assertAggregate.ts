import { UserError } from '../shared/UserError.ts';

/** A figure as far as privacy is concerned. */
export interface Figure {
  _id: string;
  value: number;
  isSensitive: boolean;
  /** Level of the place that the figure is of; null where no place is given. */
  placeLevel: string | null;
}

const SMALL_PLACES = ['COMMUNE', 'HAMLET', 'SITE'];
const SMALLEST_FIGURE = 5;

/**
 * Refuses a figure that could describe a person: a count of people below district level or under
 * five. Throws a UserError that names the figure and the rule.
 */
export function assertAggregate({ _id, value, isSensitive, placeLevel }: Figure): void {
  if (!isSensitive) return;
  if (placeLevel && SMALL_PLACES.includes(placeLevel)) {
    throw new UserError(
      `${_id} place: it counts people in one ${placeLevel.toLowerCase()}, and such figures are kept from district level up only`,
    );
  }
  if (value < SMALLEST_FIGURE) {
    throw new UserError(
      `${_id} value: it counts ${value} people, and a figure under ${SMALLEST_FIGURE} could describe a person`,
    );
  }
}
