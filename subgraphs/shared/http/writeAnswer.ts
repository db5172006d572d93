import type { GraphQLError, GraphQLFormattedError } from 'graphql';

/** Decides what clients see of an error; `requestId` is for the log, where it is known. */
export type FormatError = (
  formatted: GraphQLFormattedError,
  error: unknown,
  requestId?: string,
) => GraphQLFormattedError;

/** Writes the answer to an operation whose data are JSON already, as Apollo's server would. */
export function writeAnswer(
  data: string,
  errors: readonly GraphQLError[] | undefined,
  formatError: FormatError,
  extensions?: Record<string, unknown>,
): string {
  const told = errors?.length
    ? `"errors":${JSON.stringify(formatErrors(errors, formatError))},`
    : '';
  const more = extensions ? `,"extensions":${JSON.stringify(extensions)}` : '';
  // A terminal shows its prompt below.
  return `{${told}"data":${data}${more}}\n`;
}

/** What clients see of errors. */
export const formatErrors = (
  errors: readonly GraphQLError[],
  formatError: FormatError,
): GraphQLFormattedError[] => errors.map((error) => formatError(withCode(error), error));

function withCode(error: GraphQLError): GraphQLFormattedError {
  const code = error.extensions['code'] ?? 'INTERNAL_SERVER_ERROR';
  return { ...error.toJSON(), extensions: { ...error.extensions, code } };
}
