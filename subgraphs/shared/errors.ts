import { GraphQLError } from 'graphql';

/** An error that the caller can mend: `message` says how. Code `BAD_USER_INPUT`. */
export function badUserInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
