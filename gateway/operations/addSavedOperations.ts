import type { FastifyInstance } from 'fastify';
import { getOperationAST, print } from 'graphql';
import type { SavedOperation } from './SavedOperation.ts';

/**
 * Serves what the saved operations are at `/operations.json`, for pages that offer them: name, kind, text, and what
 * their files say of them.
 */
export function addSavedOperations(
  app: FastifyInstance,
  operations: readonly SavedOperation[],
): void {
  const told = operations.map(({ document, ...about }) => ({
    ...about,
    type: getOperationAST(document)?.operation,
    text: print(document),
  }));
  app.get('/operations.json', async (_request, reply) =>
    reply.header('cache-control', 'no-cache').send({ operations: told }),
  );
}
