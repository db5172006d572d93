import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Database } from '../../scripts/database/Database.ts';
import { isRunning } from '../../scripts/database/processes.ts';
import { provideDatabase } from '../../scripts/database/provideDatabase.ts';
import { readRecord, type DatabaseRecord } from '../../scripts/database/record.ts';
import { withClient } from '../../scripts/database/withClient.ts';
import { startScript } from '../helpers/startScript.ts';

vi.setConfig({ testTimeout: 60_000 });

// It stays from run to run, so that a database which has to be installed is installed once.
const dataDir = resolve('.data/test-ladder');
let temporary: string;
const open: Database[] = [];

async function provide(): Promise<Database> {
  const database = await provideDatabase({ dataDir, log: () => {} });
  open.push(database);
  return database;
}

async function record(): Promise<DatabaseRecord> {
  const found = await readRecord(dataDir);
  if (!found) throw new Error('no database is recorded');
  return found;
}

function startDb(env: Record<string, string | undefined> = {}) {
  return startScript('scripts/db.ts', { MONGODB_URI: undefined, DATA_DIR: dataDir, ...env });
}

async function untilGone({ pid, storage }: DatabaseRecord): Promise<void> {
  await expect.poll(() => isRunning(pid, storage), { timeout: 15_000 }).toBe(false);
}

async function guardOf({ pid }: DatabaseRecord): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'ppid=', '-p', `${pid}`]);
  return Number(stdout);
}

function notes(uri: string) {
  return {
    add: (_id: string) =>
      withClient(uri, (client) =>
        client.db('ladder').collection<{ _id: string }>('notes').insertOne({ _id }),
      ),
    has: (_id: string) =>
      withClient(uri, async (client) => {
        const found = await client
          .db('ladder')
          .collection<{ _id: string }>('notes')
          .findOne({ _id });
        return found !== null;
      }),
  };
}

beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'ladder-'));
  // What the other tests had to install serves here as well.
  const installed = resolve(process.env['TEST_DATA_DIR'] || '.data/test', 'python');
  await mkdir(dataDir, { recursive: true });
  await symlink(installed, join(dataDir, 'python')).catch(() => {});

  const database = await provideDatabase({ dataDir, log: () => {} });
  await withClient(database.uri, (client) => client.db('ladder').dropDatabase());
  await notes(database.uri).add('before the restart');
  await database.close();
}, 180_000);

afterEach(async () => {
  await Promise.all(open.splice(0).map((database) => database.close()));
});

afterAll(async () => {
  await rm(temporary, { recursive: true, force: true });
});

describe('a database of our own', () => {
  it('is started once, whoever asks at the same time', async () => {
    const [first, second] = await Promise.all([provide(), provide()]);
    expect(second.uri).toBe(first.uri);
    expect(second.rung).toBe(first.rung);
  });

  it('runs on while anybody uses it, and stops with the last', async () => {
    const db = startDb();
    const line = await db.line(/^database mongodb:/);
    const database = await provide();
    expect(line).toBe(`database ${database.uri}`);

    db.process.kill('SIGTERM');
    expect(await db.ended).toBe(0);
    await notes(database.uri).add('the first user is gone');

    await database.close();
    const { pid, storage } = await record();
    expect(await isRunning(pid, storage)).toBe(false);
  });

  it('keeps what was written over a restart', async () => {
    expect(await notes((await provide()).uri).has('before the restart')).toBe(true);
  });

  it('is missed when it is killed, and has kept every write that it had acknowledged', async () => {
    const first = await provide();
    await notes(first.uri).add('just before the kill');
    const { pid } = await record();
    process.kill(pid, 'SIGKILL');
    expect(await first.exited).toBe(
      `the database (${first.rung}, pid ${pid}) is gone: ended by SIGKILL`,
    );

    const second = await provide();
    expect(await notes(second.uri).has('just before the kill')).toBe(true);
  });

  it('is missed by everybody who uses it', async () => {
    const db = startDb();
    await db.line(/^database mongodb:/);
    const database = await provide();
    process.kill((await record()).pid, 'SIGKILL');

    expect(await database.exited).toContain('ended by SIGKILL');
    expect(await db.ended).toBe(1);
    expect(db.output()).toMatch(/^error: the database .* is gone: ended by SIGKILL$/m);
  });

  it('does not outlive a user that is killed', async () => {
    const db = startDb();
    await db.line(/^database mongodb:/);
    const running = await record();
    db.process.kill('SIGKILL');
    await untilGone(running);
  });

  it('does not outlive its guard', async () => {
    const database = await provide();
    const running = await record();
    process.kill(await guardOf(running), 'SIGKILL');
    expect(await database.exited).toContain('its guard was ended');
    expect(await isRunning(running.pid, running.storage)).toBe(false);
  });

  it('is stopped by the next start when its user and its guard were killed together', async () => {
    const db = startDb();
    await db.line(/^database mongodb:/);
    const left = await record();
    db.process.kill('SIGSTOP'); // so that it can't do anything about the guard's death
    process.kill(await guardOf(left), 'SIGKILL');
    db.process.kill('SIGKILL');
    expect(await isRunning(left.pid, left.storage)).toBe(true);

    const database = await provide();
    expect(await isRunning(left.pid, left.storage)).toBe(false);
    expect(await notes(database.uri).has('no such note')).toBe(false);
  });

  it('is not taken for running because of what a stale record or lock says', async () => {
    const stale = await record();
    const file = join(dataDir, 'database.json');
    await writeFile(file, '{ half a rec');
    expect(await readRecord(dataDir)).toBe(null);

    await writeFile(file, JSON.stringify({ ...stale, pid: process.pid, guardPort: 1 }));
    await writeFile(join(dataDir, 'starting.lock'), `${stale.pid}`);
    await provide();
    expect((await record()).pid).not.toBe(process.pid);
  });
});

describe('npm run db', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s to all of its group stops it cleanly',
    async (signal) => {
      const db = startDb();
      const last = await db.line(/^database mongodb:/);
      const { pid, storage, uri, rung } = await record();
      expect(last).toBe(`database ${uri}`);
      expect(db.output().trimEnd().split('\n').at(-1)).toBe(last);
      expect(db.output()).toContain(`database: ${rung}, data in ${storage}`);

      process.kill(-(db.process.pid ?? 0), signal);
      expect(await db.ended).toBe(0);
      expect(await isRunning(pid, storage)).toBe(false);
    },
  );
});

describe('one clear line and exit code 1', () => {
  async function failure(env: Record<string, string>): Promise<string[]> {
    const db = startDb(env);
    expect(await db.ended).toBe(1);
    expect(db.output()).not.toMatch(/^\s+at /m);
    return db.output().trimEnd().split('\n');
  }

  it.concurrent.each([
    ['malformed', 'mongo//ann:s3cret@example', 'MONGODB_URI mongo//ann:***@example'],
    [
      'of a wrong scheme',
      'http://ann:s3cret@127.0.0.1:1',
      'MONGODB_URI http://ann:***@127.0.0.1:1',
    ],
    ['refused', 'mongodb://ann:s3cret@127.0.0.1:1/', 'MONGODB_URI mongodb://ann:***@127.0.0.1:1/'],
  ])('a MONGODB_URI that is %s is not replaced by another database', async (_, uri, shown) => {
    const [line, hint, ...more] = await failure({
      MONGODB_URI: uri,
      DATA_DIR: join(temporary, 'unused'),
    });
    expect(line).toContain(`error: ${shown} can't be used: `);
    expect(line).not.toContain('s3cret');
    expect(hint).toBe('  Mend it, or leave it out: a database is then started for you.');
    expect(more).toEqual([]);
  });

  it.concurrent('a MONGODB_URI where nobody answers is given up after seconds', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : null;
    const [line] = await failure({ MONGODB_URI: `mongodb://127.0.0.1:${port}` });
    expect(line).toContain("can't be used");
    silent.close();
  });

  it.concurrent('a data folder that is no folder, or can not be made', async () => {
    const file = join(temporary, 'file');
    await writeFile(file, '');
    for (const [folder, reason] of [
      [file, 'it is not a folder'],
      [join(file, 'below'), 'it is not a folder, or lies below something that is none'],
      ['/proc/data', 'it can not be made there'],
    ] as const) {
      expect(await failure({ DATA_DIR: folder })).toEqual([
        `error: the data folder ${folder} can't be used: ${reason}`,
        '  Set DATA_DIR to a folder that you may write to.',
      ]);
    }
  });

  it.concurrent('a machine with nothing: each rung with its reason and its remedy', async () => {
    const empty = join(temporary, 'empty');
    await mkdir(empty);
    const lines = await failure({
      PATH: empty,
      HOME: empty,
      DATA_DIR: join(temporary, 'nothing'),
      MONGOMS_DOWNLOAD_DIR: empty,
      MONGOMS_RUNTIME_DOWNLOAD: 'false',
    });
    const start = lines.indexOf('error: no database could be started. This was tried:');
    expect(
      lines.slice(start + 1).map((line) => line.replace(/To mend it: .+/, 'To mend it')),
    ).toEqual([
      '  - MONGODB_URI: not set',
      '    To mend it',
      '  - mongod: there is no mongod on the PATH',
      '    To mend it',
      '  - mongod of mongodb-memory-server: none is cached, and MONGOMS_RUNTIME_DOWNLOAD forbids to download one',
      '    To mend it',
      '  - secantusd-rs: there is no secantusd-rs on the PATH',
      '    To mend it',
      '  - SecantusDB from PyPI: there is no python3 on the PATH',
      '    To mend it',
    ]);
  });
});
