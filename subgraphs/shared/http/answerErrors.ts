import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import { prefersGraphQLResponse } from './statusByAccept.ts';
import { tellHttp } from './tellHttp.ts';
import { forRequest } from './tellRequestId.ts';
import { formatErrors, type FormatError } from './writeAnswer.ts';

/** Answers a request of which nothing was carried out, with the status and headers that its errors ask for. */
export function answerErrors(
  errors: readonly GraphQLError[],
  request: FastifyRequest,
  reply: FastifyReply,
  formatError: FormatError,
): FastifyReply {
  const wantsGraphQL = prefersGraphQLResponse(request.headers.accept);
  const status = tellHttp(errors, reply);
  return reply
    .code(status === 400 && !wantsGraphQL ? 200 : status)
    .type(`application/${wantsGraphQL ? 'graphql-response+json' : 'json'}; charset=utf-8`)
    .send(
      `${JSON.stringify({ errors: formatErrors(errors, forRequest(formatError, request.id)) })}\n`,
    );
}
