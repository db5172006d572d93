import mongoose, { type Connection, type mongo } from 'mongoose';
import { watchHealth, healthOf, type ObserveCommand, type Tell } from './databaseHealth.ts';
import { DEFAULT_LIMITS, type DatabaseLimits } from './databaseSettings.ts';
import { requireRestored } from './restoreMark.ts';

/** Where a subgraph's database is: the server, and what its name begins with. */
export interface DatabaseSettings {
  uri: string;
  databasePrefix: string;
  /** So many rows of each small collection are kept in memory; 0 or nothing: none. */
  directoryRows?: number;
  /** Whether the driver tells of each command; costs time for each of them. */
  monitorCommands?: boolean;
  limits?: DatabaseLimits;
  /** Is told of each command. */
  observe?: ObserveCommand;
  /** Is told when the database goes away and comes back, and of what it can't do. */
  tell?: Tell;
}

/** A server that has not answered for so long is taken to be gone; it is looked at again as often. */
const CONNECT_TIMEOUT_MS = 2_000;
const HEARTBEAT_MS = 1_000;
/** For connections that are dead without a word while the server lives. */
const SILENCE_FACTOR = 2;
const PING_MS = 1_000;

/** The creation of an index takes as long as it takes. */
const unhurried = { socketTimeoutMS: 0 };

/** The database of one subgraph, not yet connected: its models are made on it. */
export function createDatabase(): Connection {
  return mongoose.createConnection();
}

/**
 * Connects and creates the indexes of all models, so that no query ever runs without them.
 * Rejects when the server does not answer within a few seconds, or the database is half restored.
 */
export async function connect(
  database: Connection,
  name: string,
  {
    uri,
    databasePrefix,
    monitorCommands = false,
    limits = DEFAULT_LIMITS,
    tell = () => {},
    observe,
  }: DatabaseSettings,
): Promise<void> {
  await database.openUri(uri, {
    appName: `antq-${name}`,
    dbName: `${databasePrefix}${name}`,
    autoIndex: false,
    autoCreate: false,
    // Else mongoose keeps commands back, for ten seconds each, when the server has gone.
    bufferCommands: false,
    sanitizeFilter: true,
    maxPoolSize: limits.poolSize,
    waitQueueTimeoutMS: limits.timeoutMs,
    serverSelectionTimeoutMS: limits.selectionTimeoutMs,
    // Who waits longer for a server takes it for gone later, too.
    connectTimeoutMS: Math.max(CONNECT_TIMEOUT_MS, limits.selectionTimeoutMs - HEARTBEAT_MS),
    heartbeatFrequencyMS: HEARTBEAT_MS,
    socketTimeoutMS: limits.timeoutMs * SILENCE_FACTOR,
    retryReads: true,
    retryWrites: true,
    monitorCommands,
  });
  await requireRestored(database.getClient().db(database.name));
  watchHealth(database, { subgraph: name, limits, tell, observe });
  for (const { collection, schema } of Object.values(database.models)) {
    for (const [keys, options] of schema.indexes()) {
      await collection.createIndex(keys as never, {
        ...(options as mongo.CreateIndexesOptions),
        ...unhurried,
      });
    }
  }
}

/** Whether the database takes commands, and is not half restored: asks it once for all who want to know at the same time. */
export function createReadiness(database: Connection): () => Promise<boolean> {
  let asking: Promise<boolean> | undefined;
  const ask = async () => {
    if (healthOf(database).isAway) return false;
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), PING_MS);
    });
    // It also answers what a ping does: whether the database can be asked at all.
    const answered = requireRestored(database.getClient().db(database.name)).then(
      () => true,
      () => false,
    );
    return Promise.race([answered, tooLate]).finally(() => clearTimeout(timer));
  };
  return () => (asking ??= ask().finally(() => (asking = undefined)));
}
