import { GraphQLError } from 'graphql';

const coded = (code: string, message: string, cause?: unknown) =>
  new GraphQLError(message, {
    extensions: { code },
    ...(cause instanceof Error ? { originalError: cause } : {}),
  });

/** An error that the caller can mend: `message` says how. Code `BAD_USER_INPUT`. */
export function badUserInput(message: string): GraphQLError {
  return coded('BAD_USER_INPUT', message);
}

/** Nobody was recognized, and this is not for everybody. Code `UNAUTHENTICATED`. */
export function unauthenticated(message: string): GraphQLError {
  return coded('UNAUTHENTICATED', message);
}

/** The caller was recognized and may not do this. Code `FORBIDDEN`. */
export function forbidden(message: string): GraphQLError {
  return coded('FORBIDDEN', message);
}

/** Something that this service stands on does not answer: the caller can come again. Code `UNAVAILABLE`. */
export function unavailable(message: string, cause?: unknown): GraphQLError {
  return coded('UNAVAILABLE', message, cause);
}
