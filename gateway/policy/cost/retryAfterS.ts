import type { GraphQLError } from 'graphql';

/** After how many seconds who was refused may ask again; undefined where waiting is of no use. */
export function retryAfterS({ extensions }: GraphQLError): number | undefined {
  const { retryAfter } = extensions;
  return typeof retryAfter === 'number' ? Math.max(retryAfter, 1) : undefined;
}
