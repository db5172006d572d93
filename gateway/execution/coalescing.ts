import { setMaxListeners } from 'node:events';
import { getOperationAST, OperationTypeNode, type OperationDefinitionNode } from 'graphql';
import type { ExecuteOperation, OperationResult } from './createExecutor.ts';

/** An operation that is under way for all who asked for it meanwhile. */
interface Shared {
  result: Promise<OperationResult>;
  waiting: number;
  /** Ends it when all have gone away. */
  abandon: AbortController;
}

/**
 * Carries out equal queries that are under way at the same time once for all who ask: the same operation of
 * the same document, with the same variables, for the same viewer, with the same headers passed on. After a
 * mutation nobody joins what began before it, so that who writes reads what was written.
 * @param onJoined Told of each that joins another one.
 */
export function coalescing(execute: ExecuteOperation, onJoined?: () => void): ExecuteOperation {
  let underWay = new Map<OperationDefinitionNode, Map<string, Shared>>();

  return async (request) => {
    const { document, operationName, variables, viewer, headers, signal } = request;
    const operation = getOperationAST(document, operationName);
    if (operation?.operation !== OperationTypeNode.QUERY) {
      return execute(request).finally(() => (underWay = new Map()));
    }
    // Whoever is shown the plan sees what their own request did.
    if (request.showsPlan) return execute(request);

    const ofOperation = underWay.get(operation) ?? new Map<string, Shared>();
    underWay.set(operation, ofOperation);
    const key = JSON.stringify([viewer, headers, variables]);
    let shared = ofOperation.get(key);
    if (!shared || shared.abandon.signal.aborted) {
      const abandon = new AbortController();
      setMaxListeners(0, abandon.signal);
      const begun: Shared = {
        abandon,
        waiting: 0,
        result: execute({ ...request, signal: abandon.signal }).finally(() => {
          if (ofOperation.get(key) === begun) ofOperation.delete(key);
          if (!ofOperation.size && underWay.get(operation) === ofOperation) {
            underWay.delete(operation);
          }
        }),
      };
      ofOperation.set(key, begun);
      shared = begun;
    } else onJoined?.();
    return joined(shared, signal);
  };
}

/** Waits for a shared result; the last who goes away ends it. */
async function joined(shared: Shared, signal: AbortSignal | undefined): Promise<OperationResult> {
  const leave = () => {
    shared.waiting -= 1;
    if (!shared.waiting) shared.abandon.abort(signal?.reason);
  };
  shared.waiting += 1;
  signal?.addEventListener('abort', leave);
  try {
    return await shared.result;
  } finally {
    signal?.removeEventListener('abort', leave);
  }
}
