import { UserError } from '../../subgraphs/shared/UserError.ts';
import type { Database } from './Database.ts';
import { makeDataFolder } from './dataFolder.ts';
import { joinRunning } from './joinRunning.ts';
import { namedDatabase } from './namedDatabase.ts';
import { redactUri } from './redactUri.ts';
import type { Log } from './Rung.ts';
import { rungs } from './rungs.ts';
import { lockStart } from './startLock.ts';
import { startServer } from './startServer.ts';

export interface DatabaseOptions {
  /** A database to use instead of one of our own. */
  mongodbUri?: string | undefined;
  /** The folder in which databases of our own keep what they need, made if it is not there. */
  dataDir: string;
  log: Log;
  /** The only rung to try: another one has other data. */
  rung?: string;
}

/**
 * Provides a real database that speaks MongoDB's protocol: the one that is named, the one that already
 * runs on the data folder, or the first that can be started. Its data last in the data folder.
 * However this process ends, a database that it started, and nobody else uses, ends with it.
 * @throws UserError when the named one can't be used, the data folder can't, or no database can be started.
 */
export async function provideDatabase(options: DatabaseOptions): Promise<Database> {
  const { mongodbUri, dataDir } = options;
  const log: Log = (line) => options.log(`database: ${line}`);

  if (mongodbUri) {
    const database = await namedDatabase(mongodbUri);
    log(`MONGODB_URI ${redactUri(mongodbUri)}`);
    return database;
  }

  const folder = await makeDataFolder(dataDir);
  const unlock = await lockStart(folder, log);
  try {
    return (await joinRunning(folder, log)) ?? (await climb(folder, log, options.rung));
  } finally {
    await unlock();
  }
}

/** Tries rung after rung until a database answers. */
async function climb(folder: string, log: Log, only?: string): Promise<Database> {
  const tried: string[] = [];
  for (const { name, remedy, prepare } of rungs) {
    if (only !== undefined && name !== only) continue;
    try {
      const server = await prepare(folder, log);
      const database = await startServer(name, server, folder);
      log(`${name}, data in ${server.storage}`);
      return database;
    } catch (error) {
      const [reason] = (error instanceof Error ? error.message : String(error)).split('\n', 1);
      log(`no ${name}: ${reason}`);
      tried.push(`- ${name}: ${reason}`, `  To mend it: ${remedy}.`);
    }
  }
  throw new UserError('no database could be started. This was tried:', [
    '- MONGODB_URI: not set',
    '  To mend it: set it to a MongoDB of yours.',
    ...tried,
  ]);
}
