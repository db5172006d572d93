import { buildSubgraphSchema } from '@apollo/subgraph';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { Connection } from 'mongoose';
import { connect, type DatabaseSettings } from './database.ts';
import { PartialDate } from './partialDate.ts';
import { resolveEntities } from './resolveEntities.ts';
import { readTypeDefs } from './typeDefs.ts';
import { LocalizedText } from './LocalizedText.ts';

/** One subgraph: a schema over a database of its own. It knows neither HTTP nor the other subgraphs. */
export interface Subgraph<TName extends string = string> {
  name: TName;
  typeDefs: DocumentNode;
  schema: GraphQLSchema;
  /** Its models are found here, by name. */
  database: Connection;
  /** What resolvers share during one client request: its loaders. */
  createContext(): object;
  connect(settings: DatabaseSettings): Promise<void>;
  disconnect(): Promise<void>;
}

/** The parts that a subgraph is assembled from. */
export interface SubgraphDefinition<TName extends string> {
  name: TName;
  schemaFile: URL;
  /** Resolvers by type and field, each typed by what codegen made of the schema. */
  resolvers: object;
  createContext(): object;
  database: Connection;
}

/** Assembles a subgraph from its contract, resolvers, loaders and database. */
export function defineSubgraph<const TName extends string>({
  name,
  schemaFile,
  resolvers,
  createContext,
  database,
}: SubgraphDefinition<TName>): Subgraph<TName> {
  const typeDefs = readTypeDefs(schemaFile);
  const schema = buildSubgraphSchema({
    typeDefs,
    resolvers: { PartialDate, LocalizedText, ...resolvers },
  });
  const entities = schema.getQueryType()?.getFields()['_entities'];
  if (entities) entities.resolve = resolveEntities;
  return {
    name,
    typeDefs,
    schema,
    database,
    createContext,
    connect: (settings) => connect(database, name, settings),
    disconnect: () => database.close(),
  };
}
