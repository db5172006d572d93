import fastify from 'fastify';
import mercurius from 'mercurius';

/** Mercurius, which compiles each query by graphql-jit, over the whole graph in one schema. */
export async function startMercurius({ schema, createContext }) {
  const app = fastify();
  await app.register(mercurius, { schema, jit: 1, context: createContext });
  return { url: `${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql` };
}
