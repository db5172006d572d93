import { badUserInput } from './errors.ts';
import { decodeCursor, type Cursor } from './cursor.ts';
import type { Order } from './order.ts';

/** The size of a page when none is asked for. */
export const DEFAULT_SIZE = 20;
const LARGEST_SIZE = 100;

/** The paging arguments of a connection field, as the client gives them. */
export interface PageArguments {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}

/** A page asked for, checked: so many rows between two cursors, from the start or from the end. */
export interface PageRequest {
  size: number;
  fromEnd: boolean;
  after: Cursor | null;
  before: Cursor | null;
}

function checkSize(name: 'first' | 'last', size: number): number {
  if (size >= 1 && size <= LARGEST_SIZE) return size;
  throw badUserInput(
    `"${name}" must be from 1 to ${LARGEST_SIZE}; got ${size}. Ask for more with "${name === 'first' ? 'after' : 'before'}" and the cursor of the page before.`,
  );
}

/** Checks paging arguments against `order`. Throws `BAD_USER_INPUT` for a bad size or cursor, or for both sizes. */
export function readPageArguments(given: PageArguments, order: Order): PageRequest {
  const first = given.first ?? null;
  const last = given.last ?? null;
  if (first !== null && last !== null) {
    throw badUserInput('"first" and "last" were both given; give one of them.');
  }
  return {
    size: last === null ? checkSize('first', first ?? DEFAULT_SIZE) : checkSize('last', last),
    fromEnd: last !== null,
    after: typeof given.after === 'string' ? decodeCursor('after', given.after, order) : null,
    before: typeof given.before === 'string' ? decodeCursor('before', given.before, order) : null,
  };
}
