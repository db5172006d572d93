import type { mongo } from 'mongoose';
import { badUserInput } from './errors.ts';

type Document = mongo.BSON.Document;

/** One condition on the documents of a collection; all conditions of a list must hold. */
export type Condition =
  /** The field, or one element of it, is one of the values: what an index answers. */
  | { field: string; values: readonly (string | number | boolean)[] }
  /** Anything else, in MongoDB's language. */
  | { expression: Document };

type Value = string | number | boolean;

/** So many values of one field can be asked for at once: each of them is a look into the index. */
const MOST_VALUES = 1_000;

/**
 * The field has the value, or one of the values; null and undefined ask nothing, an empty list finds nothing.
 * Throws `BAD_USER_INPUT` for a list that is too long.
 */
export function oneOf(
  field: string,
  wanted: Value | readonly Value[] | null | undefined,
): Condition[] {
  if (wanted === null || wanted === undefined) return [];
  if (typeof wanted === 'object' && wanted.length > MOST_VALUES) {
    throw badUserInput(
      `A filter takes ${MOST_VALUES} values of one field at most; these are ${wanted.length}. Ask several times.`,
    );
  }
  return [{ field, values: typeof wanted === 'object' ? [...new Set(wanted)] : [wanted] }];
}

/** A condition that no index needs to answer. */
export function expression(document: Document): Condition[] {
  return [{ expression: document }];
}

/** The MongoDB filter of one condition. */
export function toFilter(condition: Condition): Document {
  if ('expression' in condition) return condition.expression;
  const [first, ...others] = condition.values;
  return {
    [condition.field]: others.length || first === undefined ? { $in: condition.values } : first,
  };
}
