import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import type { Server } from './Rung.ts';
import { localUri, withClient } from './withClient.ts';

const SET_NAME = 'rs0';
const PRIMARY_WITHIN_MS = 30_000;

interface SetConfig {
  _id: string;
  version: number;
  members: { _id: number; host: string }[];
}

/** A mongod as a replica set of one, so that transactions and change streams work. */
export async function mongodServer(command: string, folder: string): Promise<Server> {
  const storage = join(folder, 'mongod');
  await mkdir(storage, { recursive: true });
  return {
    command,
    storage,
    args: (port) => [
      ...['--dbpath', storage, '--replSet', SET_NAME],
      ...['--bind_ip', '127.0.0.1', '--port', `${port}`, '--nounixsocket'],
    ],
    settle: (port) => withClient(localUri(port), (client) => becomePrimary(client, port)),
  };
}

/** Waits until the server is the primary of its set; makes the set, or mends it, when it must. */
async function becomePrimary(client: mongo.MongoClient, port: number): Promise<void> {
  const admin = client.db('admin');
  // On SIGTERM a primary waits 15 s for another one to take over. (A mongod before 5.0 does not know this.)
  await admin
    .command({ setParameter: 1, shutdownTimeoutMillisForSignaledShutdown: 100 })
    .catch(() => {});

  const host = `127.0.0.1:${port}`;
  const deadline = Date.now() + PRIMARY_WITHIN_MS;
  let problem: unknown = 'no election';
  while (Date.now() < deadline) {
    try {
      if ((await admin.command({ hello: 1 }))['isWritablePrimary']) return;
      await configureSet(client, host);
    } catch (error) {
      problem = error; // while it starts up, or changes its state, it may refuse or hang up
    }
    await delay(100);
  }
  throw new Error(`mongod did not become the primary of its replica set: ${String(problem)}`);
}

/**
 * Makes the set's only member the one at `host`. A set remembers the address of its members: when the
 * port of an earlier start is taken, the server finds itself in no set and has to be told by force.
 */
async function configureSet(client: mongo.MongoClient, host: string): Promise<void> {
  const admin = client.db('admin');
  // The stored form is there to read in every state of the server.
  const config = await client.db('local').collection<SetConfig>('system.replset').findOne();
  if (!config) {
    await admin.command({
      replSetInitiate: { _id: SET_NAME, members: [{ _id: 0, host }] },
    });
  } else if (config.members[0]?.host !== host) {
    const members = [{ ...config.members[0], _id: 0, host }];
    await admin.command({
      replSetReconfig: { ...config, members, version: config.version + 1 },
      force: true,
    });
  }
}
