import type { GraphQLSchema } from 'graphql';
import type { RequestContext } from '../execution/createDataSource.ts';
import type { Execute } from '../execution/executeStock.ts';
import { shorten } from '../execution/shorten.ts';
import { completeDenied } from './completeDenied.ts';
import type { Restrict } from './createRestrict.ts';

/** The same as `enforcing`, for Apollo's own executor. */
export function enforcingStock(
  execute: Execute,
  restrict: Restrict | undefined,
  schema: GraphQLSchema,
): Execute {
  if (!restrict) return execute;
  return async (requestContext) => {
    const { document, operation, queryHash, request, context } = requestContext;
    // Apollo does not say what its context is: it is what the server was given.
    const restricted =
      operation && restrict(document, operation, (context as RequestContext).viewer);
    if (!restricted) return execute(requestContext);

    const result = restricted.isAsked
      ? await execute({
          ...requestContext,
          document: restricted.document,
          operation: restricted.operation,
          // Plans are remembered by it.
          queryHash: `${queryHash} without ${restricted.key}`,
        })
      : { data: {} };
    if (!result.data) return result;
    const { operationName, variables = {} } = request;
    const whole = { schema, document, operationName, variables };
    const { data, errors: denied = [] } = completeDenied(whole, restricted, result.data);
    const errors = [...(result.errors ?? []), ...denied];
    return { ...result, data, errors: errors.length ? shorten(errors) : undefined };
  };
}
