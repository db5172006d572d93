import { coerceInputValue, GraphQLNonNull, type GraphQLInputObjectType } from 'graphql';
import type { RowError } from './Row.ts';

/** What is wrong with a row by the types of the schema alone: it need not be sent to know. */
export function checkInput(
  input: Record<string, unknown>,
  type: GraphQLInputObjectType,
  fieldOf: (path: readonly (string | number)[]) => string,
): RowError[] {
  const errors: RowError[] = [];
  coerceInputValue(input, new GraphQLNonNull(type), (path, _value, { message }) =>
    errors.push({ code: 'INVALID', message, field: fieldOf(path) }),
  );
  return errors;
}
