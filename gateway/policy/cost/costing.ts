import { getOperationAST, GraphQLError } from 'graphql';
import type { ExecuteOperation } from '../../execution/createExecutor.ts';
import type { Meter } from './createMeter.ts';

/** Carries out operations that their senders can pay for. What fails in part is charged as if it were whole. */
export function costing(execute: ExecuteOperation, meter: Meter): ExecuteOperation {
  return async (request) => {
    const operation = getOperationAST(request.document, request.operationName);
    if (!operation) return execute(request);
    const charged = meter.charge({ ...request, operation });
    if (charged instanceof GraphQLError) return { errors: [charged] };
    const result = await execute(request);
    const cost = charged.settle(result.errors.length ? undefined : result.raw, result.cost);
    return cost ? { ...result, extensions: { ...result.extensions, cost } } : result;
  };
}
