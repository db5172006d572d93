import mongoose, { type Connection } from 'mongoose';

/** Where a subgraph's database is: the server, and what its name begins with. */
export interface DatabaseSettings {
  uri: string;
  databasePrefix: string;
  /** So many rows of each small collection are kept in memory; 0 or nothing: none. */
  directoryRows?: number;
  /** Whether the driver tells of each command; costs time for each of them. */
  monitorCommands?: boolean;
}

/** The database of one subgraph, not yet connected: its models are made on it. */
export function createDatabase(): Connection {
  return mongoose.createConnection();
}

/**
 * Connects and creates the indexes of all models, so that no query ever runs without them.
 * Rejects when the server does not answer within a few seconds.
 */
export async function connect(
  database: Connection,
  name: string,
  { uri, databasePrefix, monitorCommands = false }: DatabaseSettings,
): Promise<void> {
  await database.openUri(uri, {
    dbName: `${databasePrefix}${name}`,
    autoIndex: false,
    autoCreate: false,
    serverSelectionTimeoutMS: 5_000,
    monitorCommands,
  });
  for (const model of Object.values(database.models)) await model.createIndexes();
}
