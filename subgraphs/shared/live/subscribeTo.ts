import {
  createSourceEventStream,
  execute,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import type { Change } from './Change.ts';
import type { LiveClient, LiveEvent } from './LiveEvent.ts';

export interface SubscriptionRequest {
  document: DocumentNode;
  operationName?: string | undefined;
  variables?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Carries out a subscription of a subgraph: once for each of its changes, with a context of its own, so that nothing
 * is remembered from one to the next. Gives errors when it can't be begun.
 * @param createContext What resolvers share.
 */
export async function subscribeTo(
  schema: GraphQLSchema,
  { document, operationName, variables }: SubscriptionRequest,
  createContext: () => object,
  live: LiveClient,
): Promise<readonly GraphQLError[] | AsyncIterable<LiveEvent>> {
  const asked = { schema, document, operationName, variableValues: variables };
  const source = await createSourceEventStream({
    ...asked,
    contextValue: { ...createContext(), live },
  });
  if (!(Symbol.asyncIterator in source)) return source.errors ?? [];
  return answers(source as AsyncIterable<Change>, (rootValue) =>
    execute({ ...asked, rootValue, contextValue: createContext() }),
  );
}

async function* answers(
  changes: AsyncIterable<Change>,
  answer: (change: Change) => ExecutionResult | Promise<ExecutionResult>,
): AsyncGenerator<LiveEvent> {
  for await (const change of changes) {
    const { eventId: id, recordId } = change;
    yield recordId === undefined ? { id } : { id, result: await answer(change) };
  }
}
