import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { shortError } from './shortError.ts';

/** Where errors that are no fault of the caller are written whole. */
export interface ErrorLog {
  error(details: object, message: string): void;
}

/**
 * Decides what the caller of a subgraph sees of an error: those thrown on purpose keep message and
 * code; of all others it learns an id, under which the log has the whole.
 */
export function createFormatError(log: ErrorLog) {
  return (
    formatted: GraphQLFormattedError,
    error: unknown,
    requestId?: string,
  ): GraphQLFormattedError => {
    const cause = unwrapResolverError(error);
    const isExpected =
      cause instanceof GraphQLError && formatted.extensions?.['code'] !== 'INTERNAL_SERVER_ERROR';
    if (isExpected) return withOwnCode(shortError(formatted), error);
    const id = randomUUID();
    log.error({ id, requestId, err: cause, path: formatted.path }, 'unexpected error');
    return {
      ...formatted,
      message: `Something went wrong on our side. Ask the operator of this service about ${id}.`,
      extensions: { code: 'INTERNAL_SERVER_ERROR', id },
    };
  };
}

/**
 * A value that a scalar refuses is the caller's bad input wherever it stands: as a variable, or in the
 * document, where Apollo's server would have it that the document is not valid.
 */
function withOwnCode(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const original = error instanceof GraphQLError ? error.originalError : undefined;
  if (!(original instanceof GraphQLError) || original.extensions['code'] !== 'BAD_USER_INPUT') {
    return formatted;
  }
  return { ...formatted, extensions: { ...formatted.extensions, code: 'BAD_USER_INPUT' } };
}
