import { GraphQLError } from 'graphql';

/** What is said to who asks for a subscription as if it was a query. */
export const needsStream = () =>
  new GraphQLError(
    'A subscription is answered by events: ask with `accept: text/event-stream`, or over WebSocket (graphql-transport-ws).',
    { extensions: { code: 'SUBSCRIPTION_NEEDS_STREAM' } },
  );
