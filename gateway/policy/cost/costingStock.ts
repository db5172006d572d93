import { GraphQLError } from 'graphql';
import type { RequestContext } from '../../execution/createDataSource.ts';
import type { Execute } from '../../execution/executeStock.ts';
import type { Meter } from './createMeter.ts';

/** The same as `costing`, for Apollo's own executor. */
export function costingStock(execute: Execute, meter: Meter): Execute {
  return async (requestContext) => {
    const { document, operation, request, context } = requestContext;
    if (!operation) return execute(requestContext);
    // Apollo does not say what its context is: it is what the server was given.
    const { viewer, client } = context as RequestContext;
    const variables = request.variables ?? {};
    const charged = meter.charge({ document, operation, variables, viewer, client });
    if (charged instanceof GraphQLError) return { errors: [charged] };
    const result = await execute(requestContext);
    const cost = charged.settle(result.errors?.length ? undefined : (result.data ?? undefined));
    return cost ? { ...result, extensions: { ...result.extensions, cost } } : result;
  };
}
