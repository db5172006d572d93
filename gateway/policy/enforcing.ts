import { getOperationAST, type GraphQLSchema } from 'graphql';
import type { ExecuteOperation, OperationRequest } from '../execution/createExecutor.ts';
import { completeDenied } from './completeDenied.ts';
import type { Restrict } from './createRestrict.ts';

/** What is left of an operation for its viewer; undefined when nothing is. */
export function restricted(
  request: OperationRequest,
  restrict: Restrict | undefined,
): OperationRequest | undefined {
  const { document, operationName, viewer } = request;
  const operation = getOperationAST(document, operationName);
  const variant = operation && restrict?.(document, operation, viewer);
  if (!variant) return request;
  return variant.isAsked ? { ...request, document: variant.document } : undefined;
}

/**
 * Carries out operations without what their viewers may not ask for: no subgraph is asked for it, it is null in
 * the answer, and an error says why.
 * @param schema The one that clients see.
 */
export function enforcing(
  execute: ExecuteOperation,
  restrict: Restrict | undefined,
  schema: GraphQLSchema,
): ExecuteOperation {
  if (!restrict) return execute;
  return async (request) => {
    const { document, operationName, variables, viewer } = request;
    const operation = getOperationAST(document, operationName);
    const restricted = operation && restrict(document, operation, viewer);
    if (!restricted) return execute(request);

    const result = restricted.isAsked
      ? await execute({ ...request, document: restricted.document })
      : { data: '{}', errors: [] };
    if (result.data === undefined) return result;
    const data: unknown = JSON.parse(result.data);
    if (data === null) return result;
    const whole = { schema, document, operationName, variables };
    const completed = completeDenied(whole, restricted, data);
    return {
      ...result,
      data: completed.data === undefined ? undefined : JSON.stringify(completed.data),
      errors: [...result.errors, ...(completed.errors ?? [])],
    };
  };
}
