import { GraphQLError } from 'graphql';

/** An answer lists this many errors at most, lest a broken subgraph makes it larger than the data. */
export const MAX_ERRORS = 500;

/** Of what goes wrong with one answer, no more is counted. */
export const MOST_ERRORS_KEPT = 10_000;

/** The errors, or the first of them and one that says how many more there are. */
export function shorten(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  if (errors.length <= MAX_ERRORS) return errors;
  const more = errors.length - MAX_ERRORS;
  const howMany = errors.length < MOST_ERRORS_KEPT ? String(more) : `At least ${more}`;
  const message = `${howMany} more errors are left out. Ask for less at once to see all.`;
  const extensions = { code: 'TOO_MANY_ERRORS' };
  return [...errors.slice(0, MAX_ERRORS), new GraphQLError(message, { extensions })];
}
