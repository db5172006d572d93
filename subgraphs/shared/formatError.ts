import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** Where errors that are no fault of the caller are written whole. */
export interface ErrorLog {
  error(details: object, message: string): void;
}

/**
 * Decides what the caller of a subgraph sees of an error: those thrown on purpose keep message and
 * code; of all others it learns an id, under which the log has the whole.
 */
export function createFormatError(log: ErrorLog) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const cause = unwrapResolverError(error);
    const isExpected =
      cause instanceof GraphQLError && formatted.extensions?.['code'] !== 'INTERNAL_SERVER_ERROR';
    if (isExpected) return formatted;
    const id = randomUUID();
    log.error({ id, err: cause, path: formatted.path }, 'unexpected error');
    return {
      ...formatted,
      message: `Something went wrong on our side. Ask the operator of this service about ${id}.`,
      extensions: { code: 'INTERNAL_SERVER_ERROR', id },
    };
  };
}
