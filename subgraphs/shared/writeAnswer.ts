import type { GraphQLError, GraphQLFormattedError } from 'graphql';

/** Decides what clients see of an error. */
export type FormatError = (
  formatted: GraphQLFormattedError,
  error: unknown,
) => GraphQLFormattedError;

/** Writes the answer to an operation whose data are JSON already, as Apollo's server would. */
export function writeAnswer(
  data: string,
  errors: readonly GraphQLError[] | undefined,
  formatError: FormatError,
): string {
  const told = errors?.length
    ? `"errors":${JSON.stringify(errors.map((error) => formatError(withCode(error), error)))},`
    : '';
  // A terminal shows its prompt below.
  return `{${told}"data":${data}}\n`;
}

function withCode(error: GraphQLError): GraphQLFormattedError {
  const code = error.extensions['code'] ?? 'INTERNAL_SERVER_ERROR';
  return { ...error.toJSON(), extensions: { ...error.extensions, code } };
}
