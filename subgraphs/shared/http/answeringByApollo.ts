import { HeaderMap, type ApolloServer, type BaseContext } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestParameters } from './RequestPolicy.ts';

/** Answers a request for the parameters given, which need not be those that it was sent with. */
export type AnswerByApollo<TContext> = (
  request: FastifyRequest,
  reply: FastifyReply,
  parameters: unknown,
  context: () => Promise<TContext>,
) => Promise<unknown>;

/**
 * Answers by Apollo's server. It reads the address of a GET by itself, so it is given one that holds just what was
 * resolved and examined before: two readings of one address could differ.
 */
export function answeringByApollo<TContext extends BaseContext>(
  apollo: ApolloServer<TContext>,
): AnswerByApollo<TContext> {
  return async (request, reply, parameters, context) => {
    // HEAD is a GET of whose answer only the head is sent.
    const isGet = request.method !== 'POST';
    const { status, headers, body } = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: isGet ? 'GET' : 'POST',
        headers: toHeaderMap(request.headers),
        body: isGet ? undefined : parameters,
        search: isGet ? writeSearch(parameters as RequestParameters) : '',
      },
      context,
    });
    for (const [name, value] of headers) void reply.header(name, value);
    void reply.code(status ?? 200);
    // In parts it answers what is deferred only: nothing is, here.
    if (body.kind === 'chunked') throw new Error('an answer in parts');
    return body.string;
  };
}

const NAMES = ['query', 'documentId', 'operationName', 'variables', 'extensions'];

/** The parameters of GraphQL in the address of a request. One that is given several times is a list. */
export function readSearch(url: string): RequestParameters {
  const start = url.indexOf('?');
  const search = new URLSearchParams(start < 0 ? '' : url.slice(start));
  return Object.fromEntries(
    NAMES.flatMap((name) => {
      const values = search.getAll(name);
      return values.length ? [[name, values.length > 1 ? values : values[0]]] : [];
    }),
  );
}

function writeSearch(parameters: RequestParameters): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const each of [value].flat()) if (typeof each === 'string') search.append(name, each);
  }
  return `?${search.toString()}`;
}

function toHeaderMap(headers: FastifyRequest['headers']): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value) map.set(name, [value].flat().join(', '));
  }
  return map;
}
