import { defineSubgraph } from '../shared/subgraph.ts';
import { database } from './database.ts';
import { directories } from './directories.ts';
import { createLoaders } from './loaders.ts';
import { others } from './others.ts';
import { resolvers } from './resolvers/index.ts';

export const organizations = defineSubgraph({
  name: 'organizations',
  schemaFile: new URL('schema.graphql', import.meta.url),
  resolvers,
  createContext: (viewer) => ({ viewer, loaders: createLoaders() }),
  database,
  directories: Object.values(directories),
  others,
});
