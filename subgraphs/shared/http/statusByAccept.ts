import { excessCodes } from '../limits/excess.ts';
import type { ApolloServerPlugin } from '@apollo/server';

/** What GraphQL itself refuses in a request that is well-formed as HTTP and JSON. */
const refusedByGraphQL = new Set<unknown>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_USER_INPUT',
  ...excessCodes,
  'COST_LIMIT_EXCEEDED',
]);

/**
 * Answers a refused document or variable with status 200 to clients that want `application/json`, as
 * GraphQL over HTTP asks for: to them another status means that the answer may not be GraphQL at all.
 * Clients that want `application/graphql-response+json` get Apollo's 400.
 */
export function statusByAccept(): ApolloServerPlugin {
  return {
    async requestDidStart({ request }) {
      if (prefersGraphQLResponse(request.http?.headers.get('accept'))) return;
      return {
        async willSendResponse({ response: { http, body } }) {
          if (http.status !== 400 || body.kind !== 'single') return;
          const { errors = [] } = body.singleResult;
          if (errors.every(({ extensions }) => refusedByGraphQL.has(extensions?.['code']))) {
            http.status = 200;
          }
        },
      };
    },
  };
}

/** Whether `application/graphql-response+json` is accepted and, by quality or else order, before JSON. */
export function prefersGraphQLResponse(accept = ''): boolean {
  const ranges = accept.toLowerCase().split(',').map(readRange);
  const graphql = ranges.find(({ type }) => type === 'application/graphql-response+json');
  const json = ranges.find(({ type }) => type === 'application/json');
  if (!graphql || graphql.quality === 0) return false;
  if (!json || graphql.quality !== json.quality) return graphql.quality > (json?.quality ?? 0);
  return ranges.indexOf(graphql) < ranges.indexOf(json);
}

function readRange(range: string) {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  return { type, quality: quality ? Number(quality.slice(2)) : 1 };
}
