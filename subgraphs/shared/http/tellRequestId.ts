import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyInstance } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import { isRecord } from '../isRecord.ts';
import { noteOf } from '../seen/OperationNote.ts';
import type { FormatError } from './writeAnswer.ts';

/**
 * Errors that whoever runs the service can say more about: its own faults, and what it refuses for the sake of others.
 * What is wrong with a document or its variables, and who may not ask, the client can tell by itself.
 */
const OURS =
  /^(?:INTERNAL_SERVER_ERROR|(?:SERVICE_)?UNAVAILABLE|OVERLOADED|SHUTTING_DOWN|RATE_LIMITED|COST_LIMIT_EXCEEDED|DOCUMENT_NOT_TRUSTED|OPERATION_NOT_PLANNABLE|DOWNSTREAM_SERVICE_ERROR|(?:SUBGRAPH|DATABASE)_[A-Z_]{1,40})$/;

/** An error with the id of its request, under which the log has more of it; of other errors nothing is to be found there. */
function tellRequestId(error: GraphQLFormattedError, requestId: string): GraphQLFormattedError {
  const { code } = error.extensions ?? {};
  if (typeof code !== 'string' || !OURS.test(code)) return error;
  return { ...error, extensions: { ...error.extensions, requestId } };
}

/** What the client of one request sees of errors. */
export const forRequest =
  (formatError: FormatError, requestId: string): FormatError =>
  (formatted, error) =>
    tellRequestId(formatError(formatted, error, requestId), requestId);

/** Which request Apollo's server formats an error for, as far as that is known. Equal requests share their errors. */
const formattedFor = new WeakMap<object, string>();

/** What Apollo's server is to format errors with: it does not say for whom. */
export const forApollo =
  (formatError: FormatError): FormatError =>
  (formatted, error) =>
    formatError(
      formatted,
      error,
      typeof error === 'object' && error !== null ? formattedFor.get(error) : undefined,
    );

/** Tells the clients of Apollo's server the ids of their requests. */
export function tellingRequestIds(): ApolloServerPlugin {
  return {
    async requestDidStart({ contextValue }) {
      const { requestId } = noteOf(contextValue) ?? {};
      if (requestId === undefined) return;
      return {
        async didEncounterErrors({ errors }) {
          for (const error of errors) formattedFor.set(error, requestId);
        },
        async willSendResponse({ response: { body } }) {
          if (body.kind !== 'single' || !body.singleResult.errors) return;
          body.singleResult.errors = body.singleResult.errors.map((error) =>
            tellRequestId(error, requestId),
          );
        },
      };
    },
  };
}

/** Tells the clients of `app` the ids of their requests in errors of HTTP itself. */
export function tellRequestIds(app: FastifyInstance): void {
  // Answers to operations are texts by then, and are left alone.
  app.addHook('preSerialization', ({ id }, _reply, payload, done) => {
    if (!isRecord(payload) || !Array.isArray(payload['errors'])) {
      done(null, payload);
      return;
    }
    const errors = payload['errors'] as GraphQLFormattedError[];
    done(null, { ...payload, errors: errors.map((error) => tellRequestId(error, id)) });
  });
}
