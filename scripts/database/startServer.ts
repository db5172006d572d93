import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { guardedDatabase, releaseDatabase, type Database } from './Database.ts';
import { describeEnding, spawnGuarded, type Ending, type Guarded } from './guarded.ts';
import { freePort, isListening } from './localPorts.ts';
import { readRecord, writeRecord } from './record.ts';
import type { Server } from './Rung.ts';
import { localUri, withClient } from './withClient.ts';

const LISTENS_WITHIN_MS = 60_000;

/**
 * Starts a database server behind a guard, waits until it answers, and records it in the data folder.
 * It gets the port of last time when that is free, so that what has been told its URI finds it again.
 * @throws an Error that says in one line why it does not run.
 */
export async function startServer(rung: string, server: Server, folder: string): Promise<Database> {
  const port = await freePort((await readRecord(folder))?.port);
  const logFile = `${server.storage}.log`;
  const output = await open(logFile, 'w');
  const guarded = await spawnGuarded(server.command, server.args(port), output.fd).finally(() =>
    output.close(),
  );
  try {
    const uri = localUri(port);
    await untilListening(port, guarded);
    await Promise.race([settle(server, port, uri), failure(guarded)]);
    const { pid, guardPort } = guarded;
    const record = { rung, pid, port, uri, guardPort, storage: server.storage };
    await writeRecord(folder, record);
    return guardedDatabase(guarded, record);
  } catch (error) {
    await releaseDatabase(guarded, server.storage);
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${reason} (see ${logFile})`, { cause: error });
  }
}

async function settle(server: Server, port: number, uri: string): Promise<void> {
  await server.settle?.(port);
  await withClient(uri, (client) => client.db('admin').command({ ping: 1 }));
}

async function failure({ ended }: Guarded): Promise<never> {
  throw new Error(describeEnding(await ended));
}

async function untilListening(port: number, { ended }: Guarded): Promise<void> {
  let ending: Ending | undefined;
  void ended.then((how) => (ending = how));
  const deadline = Date.now() + LISTENS_WITHIN_MS;
  while (!(await isListening(port))) {
    if (ending) throw new Error(describeEnding(ending));
    if (Date.now() > deadline) throw new Error('it did not listen within a minute');
    await delay(50);
  }
}
