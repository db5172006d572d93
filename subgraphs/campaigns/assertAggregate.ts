import { UserError } from '../shared/UserError.ts';

/** A figure as far as privacy is concerned. */
export interface Figure {
  value: number;
  isSensitive: boolean;
  /** Level of the place that the figure is of; null where no place is given. */
  placeLevel: string | null;
  /** Whether a figure without a place is refused: it could be of a small one that stands elsewhere. */
  mustHavePlace?: boolean;
}

const SMALL_PLACES = ['COMMUNE', 'HAMLET', 'SITE'];
const SMALLEST_FIGURE = 5;

/** What makes a figure one that could describe a person; null when nothing does. */
export function aggregateProblem({
  value,
  isSensitive,
  placeLevel,
  mustHavePlace = false,
}: Figure): { field: 'unitId' | 'measure.value'; message: string } | null {
  if (!isSensitive) return null;
  if (placeLevel && SMALL_PLACES.includes(placeLevel)) {
    return {
      field: 'unitId',
      message: `it counts people in one ${placeLevel.toLowerCase()}, and such figures are kept from district level up only`,
    };
  }
  if (!placeLevel && mustHavePlace) {
    return {
      field: 'unitId',
      message: 'it counts people: say of which district, province or larger place it is',
    };
  }
  if (value < SMALLEST_FIGURE) {
    return {
      field: 'measure.value',
      message: `it counts ${value} people, and a figure under ${SMALLEST_FIGURE} could describe a person`,
    };
  }
  return null;
}

/**
 * Refuses a figure that could describe a person: a count of people below district level or under
 * five. Throws a UserError that names the figure and the rule.
 */
export function assertAggregate({ _id, ...figure }: Figure & { _id: string }): void {
  const problem = aggregateProblem(figure);
  if (!problem) return;
  const field = problem.field === 'unitId' ? 'place' : 'value';
  throw new UserError(`${_id} ${field}: ${problem.message}`);
}
