import { createYoga } from 'graphql-yoga';
import { serve } from './serve.mjs';

/** GraphQL Yoga over the whole graph in one schema. */
export function startYoga({ schema, createContext }) {
  return serve(
    createYoga({
      schema,
      context: createContext,
      logging: false,
      graphiql: false,
      landingPage: false,
    }),
  );
}
