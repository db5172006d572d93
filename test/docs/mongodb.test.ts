import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { withClient } from '../../scripts/database/withClient.ts';
import { installTool } from '../helpers/installTool.ts';
import { readTexts } from './readBlocks.ts';
import { runShell } from './runShell.ts';

/** What can be run of the page without several machines: the shell of MongoDB is the real one. */

const page = 'docs/mongodb.md';
const NAMES = ['organizations', 'campaigns', 'recognitions'];
const uri = inject('mongodbUri');
let path: string;
let home: string;

beforeAll(async () => {
  path = `${await installTool('mongosh@2.12.0')}:${process.env['PATH']}`;
  mkdirSync('.data', { recursive: true });
  home = mkdtempSync('.data/mongosh-');
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Runs a script in `mongosh`, which keeps its settings and logs at home. */
function shell(script: string, env: Record<string, string> = {}): Promise<string> {
  const file = join(home, `${randomUUID()}.js`);
  writeFileSync(file, script);
  return runShell(`mongosh --quiet '${uri}' ${file}`, {
    env: { PATH: path, HOME: home, MONGOSH_FORCE_DISABLE_TELEMETRY_FOR_TESTING: '1', ...env },
  });
}

it('names an address that the driver takes, with what the page says of it', () => {
  const [line = ''] = readTexts(page, 'sh');
  const address = /^MONGODB_URI='(.*)'$/m.exec(line)?.[1] ?? '';
  const { options } = new mongo.MongoClient(address);
  expect(options).toMatchObject({
    replicaSet: 'antq',
    writeConcern: { w: 'majority' },
    readPreference: { mode: 'primary' },
    retryReads: true,
    retryWrites: true,
  });
  expect(options.hosts.map(String)).toEqual(['db1:27017', 'db2:27017', 'db3:27017']);
});

describe('a user for each subgraph, with the rights to its own database', () => {
  // Not the very names: the database of the tests may be one that is in use.
  const prefix = `test-${randomUUID().slice(0, 8)}-`;

  /** The users of that prefix, with their roles; they are gone afterwards. */
  const takeUsers = () =>
    withClient(uri, async (client) => {
      const admin = client.db('admin');
      const all = (await admin.command({ usersInfo: 1 })) as {
        users: { user: string; roles: { role: string; db: string }[] }[];
      };
      const ours = all.users.filter(({ user }) => user.startsWith(prefix));
      for (const { user } of ours) await admin.command({ dropUser: user });
      return Object.fromEntries(ours.map(({ user, roles }) => [user.replace(prefix, ''), roles]));
    });
  const rolesOf = (start: string) =>
    Object.fromEntries(NAMES.map((name) => [start + name, [{ role: 'readWrite', db: name }]]));

  it('by what the page says', async () => {
    const [script = ''] = readTexts(page, 'js');
    const renamed = script.replace('user: `antq-', `user: \`${prefix}antq-`);
    await shell(`passwordPrompt = () => 'asked for';\n${renamed}`);
    expect(await takeUsers()).toEqual(rolesOf('antq-'));
  });

  it('by what the container of MongoDB runs when its volume is empty', async () => {
    const script = readFileSync('scripts/containers/createUsers.js', 'utf8');
    const renamed = script.replace('user: name', `user: '${prefix}' + name`);
    await shell(renamed, { MONGODB_PASSWORD: 'a secret' });
    expect(await takeUsers()).toEqual(rolesOf(''));
  });
});

it('the commands for shards name collections that are there, as the table does', () => {
  const [, script = ''] = readTexts(page, 'js');
  const sharded = [
    ...script.matchAll(/^sh\.shardCollection\('(\w+)\.(\w+)', \{ _id: 'hashed' \}\);$/gm),
  ];
  expect(sharded.map(([, database, collection]) => [database, collection])).toEqual([
    ['campaigns', 'activities'],
    ['campaigns', 'participations'],
  ]);
  expect(script.trim().split('\n')).toHaveLength(3);
});
