import { setTimeout as delay } from 'node:timers/promises';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { Connection } from 'mongoose';
import { declareReads } from './declareReads.ts';
import { connect, createReadiness, type DatabaseSettings } from './database.ts';
import { PartialDate } from './partialDate.ts';
import { createEntitiesResolver } from './createEntitiesResolver.ts';
import { readTypeDefs } from './typeDefs.ts';
import type { Others } from './writing/Ask.ts';
import { JSONValue } from './writing/JSONValue.ts';
import type { Viewer } from './Viewer.ts';
import type { WatchedDirectory } from './createDirectory.ts';
import { watchDirectories } from './watchDirectories.ts';
import { LocalizedText } from './LocalizedText.ts';

/** So long a database may take to say goodbye. */
const DISCONNECT_MS = 5_000;

/** One subgraph: a schema over a database of its own. It knows neither HTTP nor the other subgraphs. */
export interface Subgraph<TName extends string = string> {
  name: TName;
  typeDefs: DocumentNode;
  schema: GraphQLSchema;
  /** Its models are found here, by name. */
  database: Connection;
  /** Rows of small collections that it keeps in memory, when it is connected so. */
  directories: readonly WatchedDirectory[];
  /** Its way to the other subgraphs, for what its writes refer to there. */
  others: Others;
  /** What resolvers share during one client request: who asks, and its loaders. */
  createContext(viewer: Viewer): object;
  connect(settings: DatabaseSettings): Promise<void>;
  /** Whether its database takes commands; asked once for all who want to know at the same time. */
  isReady(): Promise<boolean>;
  disconnect(): Promise<void>;
}

/** The parts that a subgraph is assembled from. */
export interface SubgraphDefinition<TName extends string> {
  name: TName;
  schemaFile: URL;
  /** Resolvers by type and field, each typed by what codegen made of the schema. */
  resolvers: object;
  createContext(viewer: Viewer): object;
  database: Connection;
  /** Rows of small collections that may be kept in memory. */
  directories: readonly WatchedDirectory[];
  others: Others;
}

/** Assembles a subgraph from its contract, resolvers, loaders and database. */
export function defineSubgraph<const TName extends string>({
  name,
  schemaFile,
  resolvers,
  createContext,
  database,
  directories,
  others,
}: SubgraphDefinition<TName>): Subgraph<TName> {
  const typeDefs = readTypeDefs(schemaFile);
  const schema = buildSubgraphSchema({
    typeDefs,
    resolvers: { PartialDate, LocalizedText, JSON: JSONValue, ...resolvers },
  });
  const entities = schema.getQueryType()?.getFields()['_entities'];
  if (entities) entities.resolve = createEntitiesResolver(schema);
  declareReads(schema, database.modelNames());
  let watch: ReturnType<typeof watchDirectories> | undefined;
  return {
    name,
    typeDefs,
    schema,
    database,
    directories,
    others,
    createContext,
    isReady: createReadiness(database),
    async connect(settings) {
      await connect(database, name, settings);
      if (settings.directoryRows) {
        watch = watchDirectories(database, directories, settings.directoryRows);
      }
    },
    async disconnect() {
      const watching = watch?.close();
      watch = undefined;
      const closed = Promise.resolve(watching).then(() => database.close());
      // The driver asks the database to end cursors and sessions, and one that hangs never answers.
      await Promise.race([closed, delay(DISCONNECT_MS, undefined, { ref: false })]);
    },
  };
}
