import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { execute, parse } from 'graphql';
import { mongo } from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { directories } from '../../subgraphs/organizations/directories.ts';
import { organizations } from '../../subgraphs/organizations/index.ts';
import { recordCommands } from '../helpers/recordCommands.ts';
import { startProxy, type Proxy } from '../helpers/startProxy.ts';
import { ANYONE } from '../../subgraphs/shared/Viewer.ts';

/** Rows in memory are as current as the change stream, and not there without it. */

const ROWS = 4;
/** Far more than a change takes to be told, on the slowest rung of the ladder. */
const MOST_LAG_MS = 2_000;
/** How long a stream may be silent, and then some: to find out, and to begin a new one. */
const LONGEST_BREAK_MS = 30_000;

const databasePrefix = `test_${randomUUID().slice(0, 8)}_`;
const client = new mongo.MongoClient(inject('mongodbUri'));
const database = client.db(`${databasePrefix}organizations`);
const stored = database.collection<{ _id: string }>('organizations');
const lags: number[] = [];
let proxy: Proxy;

const row = (_id: string, vi = 'Công an') => ({ _id, name: { vi }, kind: 'POLICE' });
const one = parse('query ($id: ID!) { organization(id: $id) { name { vi } } }');

/** The name of an organization, as a request of its own finds it. */
async function nameOf(id: string) {
  const { data, errors } = await execute({
    schema: organizations.schema,
    document: one,
    variableValues: { id },
    contextValue: organizations.createContext(ANYONE),
  });
  if (errors?.[0]) throw errors[0];
  const { organization } = data as { organization: { name: { vi: string } } | null };
  return organization?.name.vi ?? null;
}

async function commandsOf(...ids: string[]) {
  const { commands } = await recordCommands(async () => {
    for (const id of ids) await nameOf(id);
  }, [organizations]);
  return commands.length;
}

/** Waits until something holds, and gives how long that took. */
async function until(holds: () => boolean | Promise<boolean>, within: number): Promise<number> {
  const start = performance.now();
  while (!(await holds())) {
    if (performance.now() - start > within) throw new Error(`not within ${within} ms`);
    await delay(5);
  }
  return performance.now() - start;
}

const isOpen = () => directories.organization.isOpen;
const seen = async (id: string, name: string | null) => {
  lags.push(await until(async () => (await nameOf(id)) === name, MOST_LAG_MS));
};

beforeAll(async () => {
  await client.connect();
  proxy = await startProxy(inject('mongodbUri'));
  await organizations.connect({
    uri: proxy.uri,
    databasePrefix,
    directoryRows: ROWS,
    monitorCommands: true,
  });
});

beforeEach(async () => {
  await until(isOpen, LONGEST_BREAK_MS);
  await stored.insertMany(['a', 'b', 'c', 'd', 'e'].map((id) => row(id)));
});

afterEach(async () => {
  await stored.deleteMany({});
  await until(async () => (await nameOf('a')) === null, MOST_LAG_MS);
});

afterAll(async () => {
  console.log(`a change was seen after ${Math.round(Math.max(...lags))} ms at most`);
  await database.dropDatabase();
  const start = performance.now();
  await organizations.disconnect();
  // The stream does not make it wait for the answer that the database holds back.
  expect(performance.now() - start).toBeLessThan(900);
  expect(isOpen()).toBe(false);
  await proxy.close();
  await client.close();
});

it('a row that was read before takes no command', async () => {
  expect(await commandsOf('a', 'a', 'a')).toBe(1);
});

it('an id without a row takes one each time', async () => {
  expect(await commandsOf('x', 'x')).toBe(2);
});

it('no more rows are kept than the setting says', async () => {
  expect(await commandsOf('a', 'b', 'c', 'd')).toBe(4);
  expect(await commandsOf('a', 'b', 'c', 'd')).toBe(0);
  expect(await commandsOf('e', 'a')).toBe(2);
  expect(await commandsOf('e', 'a')).toBe(0);
});

describe('a change in the database is seen within two seconds:', () => {
  beforeEach(() => nameOf('a'));

  it('a row updated', async () => {
    await stored.updateOne({ _id: 'a' }, { $set: { name: { vi: 'Mới' } } });
    await seen('a', 'Mới');
  });

  it('a row replaced', async () => {
    await stored.replaceOne({ _id: 'a' }, row('a', 'Mới'));
    await seen('a', 'Mới');
  });

  it('a row deleted', async () => {
    await stored.deleteOne({ _id: 'a' });
    await seen('a', null);
  });

  it('a row that was not there before', async () => {
    expect(await nameOf('new')).toBeNull();
    await stored.insertOne(row('new'));
    await seen('new', 'Công an');
  });

  it('a row that was deleted and is there again', async () => {
    await stored.deleteOne({ _id: 'a' });
    await stored.insertOne(row('a', 'Mới'));
    await seen('a', 'Mới');
  });

  it('the whole collection dropped', async () => {
    await stored.drop();
    await seen('a', null);
  });

  it('the collection renamed', async () => {
    await stored.rename('formerly');
    await seen('a', null);
    await database.collection('formerly').drop();
  });
});

it('a change of this process is seen at once when it says so', async () => {
  await nameOf('a');
  await stored.updateOne({ _id: 'a' }, { $set: { name: { vi: 'Mới' } } });
  directories.organization.forget('a');
  expect(await nameOf('a')).toBe('Mới');
});

describe('a stream that breaks', () => {
  it('the way to the database is cut: nothing is kept until there is a stream again', async () => {
    await nameOf('a');
    proxy.cut();
    await until(() => !isOpen(), LONGEST_BREAK_MS);
    await stored.updateOne({ _id: 'a' }, { $set: { name: { vi: 'Mới' } } });
    proxy.mend();
    await until(async () => (await nameOf('a').catch(() => null)) === 'Mới', LONGEST_BREAK_MS);
    await until(isOpen, LONGEST_BREAK_MS);
    expect(await commandsOf('a', 'a')).toBe(1);
  });

  it('the database falls silent: nothing is kept after a few seconds', async () => {
    await nameOf('a');
    proxy.freeze();
    await until(() => !isOpen(), 5_000);
    proxy.mend();
    await until(isOpen, LONGEST_BREAK_MS);
  });

  it('its cursor is killed: a change after that is seen all the same', async () => {
    const cursor = await cursorOfStream();
    await nameOf('a');
    await database.command({ killCursors: '$cmd.aggregate', cursors: [cursor] });
    await stored.updateOne({ _id: 'a' }, { $set: { name: { vi: 'Mới' } } });
    await seen('a', 'Mới');
    await until(isOpen, LONGEST_BREAK_MS);
  });
});

/** The cursor that the stream asks for more. */
function cursorOfStream(): Promise<unknown> {
  const driver = organizations.database.getClient();
  return new Promise((resolve) => {
    const note = ({ commandName, command }: mongo.CommandStartedEvent) => {
      if (commandName !== 'getMore' || command['collection'] !== '$cmd.aggregate') return;
      driver.off('commandStarted', note);
      resolve(command['getMore']);
    };
    driver.on('commandStarted', note);
  });
}
