import type { FastifyReply } from 'fastify';
import { GraphQLError } from 'graphql';

/**
 * The context of a request whose loaders load nothing more once its client has gone: what was begun ends, and nothing
 * is begun for nobody. A mutation goes on: cut off halfway, nobody could tell what was done.
 * @param query The text of the document.
 */
export function whileClientWaits(
  context: object,
  query: unknown,
  { raw: response }: FastifyReply,
): object {
  if (!('loaders' in context) || typeof query !== 'string' || query.includes('mutation')) {
    return context;
  }
  const { loaders, ...others } = context;
  // Apollo's server makes a copy, in which a getter of the object itself would have become a value.
  const prototype = {
    get loaders() {
      if (response.destroyed) throw gone();
      return loaders;
    },
  };
  return Object.assign(Object.create(prototype) as object, others);
}

const gone = () =>
  new GraphQLError('The client has gone.', { extensions: { code: 'CLIENT_CLOSED_REQUEST' } });
