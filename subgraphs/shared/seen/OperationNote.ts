import type { ApolloServerPlugin } from '@apollo/server';

/** What came of a GraphQL request: it was carried out, with errors or without, or not at all. */
export type Outcome = 'ok' | 'errors' | 'refused';

/** What is found out about a request while it is answered. Until then, it is one that is refused unread. */
export interface OperationNote {
  kind: 'query' | 'mutation' | 'subscription' | 'none';
  outcome: Outcome;
}

export const createNote = (): OperationNote => ({ kind: 'none', outcome: 'refused' });

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
          const note: unknown = Reflect.get(contextValue, NOTE);
          if (!isNote(note) || body.kind !== 'single') return;
          const { data, errors } = body.singleResult;
          if (operation) note.kind = operation.operation;
          note.outcome = data === undefined ? 'refused' : errors?.length ? 'errors' : 'ok';
        },
      };
    },
  };
}

const isNote = (value: unknown): value is OperationNote =>
  typeof value === 'object' && value !== null && 'outcome' in value;
