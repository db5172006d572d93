import { getOperationAST, OperationTypeNode, type OperationDefinitionNode } from 'graphql';
import { ANYONE } from '../../../subgraphs/shared/Viewer.ts';
import type { ExecuteOperation, OperationRequest } from '../../execution/createExecutor.ts';
import type { AgeOf } from './createAges.ts';
import type { ResponseCache } from './createResponseCache.ts';

/** What an answer costs that is at hand. */
const COST_OF_KEPT = 1;

/**
 * Answers queries of the public from a cache, while they are fresh, and says how fresh that is. Nobody is answered
 * from it who has shown who he is, or whose own headers are passed on to subgraphs. Only what came without errors
 * is kept; changes that are made or told through this gateway empty the cache.
 */
export function caching(
  execute: ExecuteOperation,
  cache: ResponseCache,
  ageOf: AgeOf,
): ExecuteOperation {
  // By number: a text would be kept with its document, and one document may be served by two graphs.
  const numbers = new WeakMap<OperationDefinitionNode, number>();
  const numberOf = (operation: OperationDefinitionNode) => {
    const number = numbers.get(operation) ?? cache.number();
    numbers.set(operation, number);
    return number;
  };

  return async (request) => {
    const { document, operationName, viewer, headers, showsPlan } = request;
    const operation = getOperationAST(document, operationName);
    // An event tells of a change, wherever it was made.
    if (operation && operation.operation !== OperationTypeNode.QUERY) {
      return execute(request).finally(cache.empty);
    }
    const isPublic = viewer === ANYONE && !headers;
    const maxAgeS = operation && isPublic && !showsPlan ? ageOf(document, operation) : 0;
    if (!operation || !maxAgeS) return execute(request);

    const key = `${numberOf(operation)} ${writeVariables(operation, request)}`;
    const kept = cache.find(key);
    if (kept) {
      const ageS = Math.floor((performance.now() - kept.since) / 1_000);
      const freshness = { maxAgeS: kept.maxAgeS, ageS };
      return { data: kept.data, errors: [], cost: COST_OF_KEPT, freshness };
    }
    const keep = cache.begin();
    const result = await execute(request);
    if (result.data === undefined || result.errors.length) return result;
    keep(key, result.data, maxAgeS);
    return { ...result, freshness: { maxAgeS, ageS: 0 } };
  };
}

/** The variables that an operation has: others that were sent change nothing. One that is left out is not null. */
function writeVariables(
  { variableDefinitions = [] }: OperationDefinitionNode,
  { variables }: OperationRequest,
): string {
  return JSON.stringify(
    variableDefinitions.map(({ variable: { name } }) =>
      Object.hasOwn(variables, name.value) ? [variables[name.value]] : 0,
    ),
  );
}
