import type { ApolloServerPlugin } from '@apollo/server';

/** What came of a GraphQL request: it was carried out, with errors or without, or not at all. */
export type Outcome = 'ok' | 'errors' | 'refused';

/** What is found out about a request while it is answered. Until then, it is one that is refused unread. */
export interface OperationNote {
  readonly requestId: string;
  kind: 'query' | 'mutation' | 'subscription' | 'none';
  outcome: Outcome;
}

export const createNote = (requestId: string): OperationNote => ({
  requestId,
  kind: 'none',
  outcome: 'refused',
});

const NOTE = Symbol('note');

/** Lets Apollo's server carry a note along in the context of a request: it copies contexts, and all that is in them. */
export const withNote = <TContext extends object>(context: TContext, note: OperationNote) =>
  Object.assign(context, { [NOTE]: note });

/** Writes notes of what Apollo's server answers. */
export function notingOutcomes(): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ operation, contextValue, response: { body } }) {
          const note = noteOf(contextValue);
          if (!note || body.kind !== 'single') return;
          const { data, errors } = body.singleResult;
          if (operation) note.kind = operation.operation;
          note.outcome = data === undefined ? 'refused' : errors?.length ? 'errors' : 'ok';
        },
      };
    },
  };
}

/** The note in a context, if there is one. */
export const noteOf = (context: object): OperationNote | undefined =>
  // Nobody else has the symbol.
  Reflect.get(context, NOTE) as OperationNote | undefined;
