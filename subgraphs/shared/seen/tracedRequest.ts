import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OperationNote } from './OperationNote.ts';
import { isTracing, traced } from './tracing.ts';

/** Answers a GraphQL request, as a part of the trace that its headers name, or as the first of another one. */
export function tracedRequest<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  note: OperationNote,
  work: () => Promise<T>,
): Promise<T> {
  if (!isTracing()) return work();
  const { method, headers, routeOptions } = request;
  const attributes = {
    'http.request.method': method,
    'http.route': routeOptions.url ?? '',
    'antq.request_id': note.requestId,
  };
  return traced('request', { kind: 'server', from: headers, attributes }, async (span) => {
    try {
      return await work();
    } finally {
      const { kind, outcome } = note;
      span.name(kind === 'none' ? 'request' : kind);
      span.set({
        'graphql.operation.type': kind,
        'antq.outcome': outcome,
        'http.response.status_code': reply.statusCode,
      });
      if (outcome !== 'ok') span.fail(outcome);
    }
  });
}
