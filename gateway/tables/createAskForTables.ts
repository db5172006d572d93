import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OperationRequest } from '../execution/createExecutor.ts';
import type { ServedGraph } from '../execution/createServedGraph.ts';
import type { CreateAsk } from './addTables.ts';
import { tableFault } from './tableFault.ts';

export interface AskSettings {
  /** The graph that is served at the moment. */
  served(): ServedGraph;
  /** What a client's request says of who asks, for all pages of a table. */
  contextOf(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Omit<OperationRequest, 'document' | 'variables' | 'clientRequest'> & { signal: AbortSignal };
  /** Carries out one page when its turn has come. */
  carryOut<T>(request: FastifyRequest, reply: FastifyReply, work: () => Promise<T>): Promise<T>;
}

/**
 * Makes what asks the graph for tables: with the rights, limits and costs of any request, and a turn of its own for
 * each page, so that a long table keeps nobody waiting.
 */
export function createAskForTables({ served, contextOf, carryOut }: AskSettings): CreateAsk {
  return (request, reply) => {
    const context = contextOf(request, reply);
    return {
      signal: context.signal,
      async ask(document, variables) {
        context.signal.throwIfAborted();
        const { own, fits, during } = served();
        if (!own) {
          throw tableFault(
            'TABLE_NOT_POSSIBLE',
            'There are no tables while EXECUTOR is `apollo`.',
            501,
          );
        }
        if (!fits(document)) {
          throw tableFault(
            'TABLE_NOT_POSSIBLE',
            'The graph has changed, and this table is none any more.',
          );
        }
        // Loaders remember what they loaded for as long as a request lasts: a table's pages have one each.
        const asked = { ...context, document, variables, clientRequest: {} };
        const { data, errors } = await carryOut(request, reply, () =>
          during(() => own.execute(asked)),
        );
        return { data: data === undefined ? undefined : (JSON.parse(data) as unknown), errors };
      },
    };
  };
}
