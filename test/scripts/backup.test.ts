import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { decodeDocument, encodeDocument } from '../../scripts/backup/format.ts';
import { readBackup } from '../../scripts/backup/readBackup.ts';
import { seedFacts } from '../../scripts/seed/seedFacts.ts';
import { subgraphs } from '../../subgraphs/index.ts';
import { connectDatabases } from '../helpers/databases.ts';
import { startScript } from '../helpers/startScript.ts';

/** `npm run backup` and `npm run restore` as people run them: processes, files, databases. */

const NAMES = ['organizations', 'campaigns', 'recognitions'];

let databases: Awaited<ReturnType<typeof connectDatabases>>;
let client: mongo.MongoClient;
let folder: string;
/** A backup of the facts. */
let file: string;

beforeAll(async () => {
  databases = await connectDatabases();
  await seedFacts(subgraphs, () => {});
  client = await mongo.MongoClient.connect(databases.uri);
  folder = await mkdtemp(join(tmpdir(), 'backup-'));
  file = join(folder, 'facts.ejson.gz');
  expect(await backUp(file)).toMatchObject({ code: 0 });
});

afterAll(async () => {
  await client?.close();
  await databases?.close();
  if (folder) await rm(folder, { recursive: true });
});

const start = (script: string, args: readonly string[], databasePrefix: string) =>
  startScript(
    script,
    { MONGODB_URI: databases.uri, DATABASE_PREFIX: databasePrefix, DATA_DIR: folder },
    args,
  );

async function toEnd({ ended, output }: ReturnType<typeof startScript>) {
  return { code: await ended, output: output() };
}

const backUp = (out: string, databasePrefix = databases.databasePrefix) =>
  toEnd(start('scripts/backup.ts', ['--out', out], databasePrefix));

const startRestore = (from: string, databasePrefix: string, flags: readonly string[] = []) =>
  start('scripts/restore.ts', [from, ...flags], databasePrefix);

const restore = (...args: Parameters<typeof startRestore>) => toEnd(startRestore(...args));

/** A prefix whose databases are gone when the test ends. */
function newPrefix(): string {
  const prefix = `${databases.databasePrefix.slice(0, -1)}${Math.random().toString(36).slice(2, 7)}_`;
  onTestFinished(async () => {
    for (const name of NAMES) await client.db(prefix + name).dropDatabase();
  });
  return prefix;
}

/** All that databases hold, byte by byte; what is empty is left out, and so are indexes without their names. */
async function dump(databasePrefix: string) {
  const all: Record<string, { documents: string[]; indexes: string[] }> = {};
  for (const name of NAMES) {
    const db = client.db(databasePrefix + name);
    for (const each of await db.listCollections({}, { nameOnly: true }).toArray()) {
      const collection = db.collection(each.name);
      const rows = await collection.find({}, { raw: true }).toArray();
      const indexes = await collection.indexes();
      all[`${name}.${each.name}`] = {
        documents: rows.map((row) => (row as unknown as Buffer).toString('hex')).sort(),
        indexes: indexes.map((index) => JSON.stringify(index)).sort(),
      };
    }
  }
  return all;
}

const facts = () => dump(databases.databasePrefix);

const insert = (databasePrefix: string, documents: mongo.OptionalId<mongo.BSON.Document>[]) =>
  client.db(`${databasePrefix}campaigns`).collection('strays').insertMany(documents);

async function read(from: string) {
  let documents = 0;
  for await (const part of readBackup(from)) if ('document' in part) documents += 1;
  return documents;
}

describe('there and back', () => {
  it('databases of another prefix hold the same, byte by byte, with all indexes', async () => {
    const prefix = newPrefix();
    expect(await restore(file, prefix)).toMatchObject({
      code: 0,
      output: expect.stringMatching(
        /restore: \d{3} documents of \d\d collections are in their/,
      ) as unknown,
    });
    const before = await facts();
    expect(Object.values(before).flatMap(({ documents }) => documents).length).toBeGreaterThan(400);
    expect(await dump(prefix)).toEqual(before);
  });

  it('numbers, dates and texts of all kinds come back as they were', async () => {
    const { Double, Int32, Long, Decimal128, Binary, UUID, BSONRegExp, Timestamp } = mongo.BSON;
    const prefix = newPrefix();
    await insert(prefix, [
      { a: new Double(1), b: new Int32(1), c: Long.fromString('9007199254740993'), d: -0 },
      { a: new Double(NaN), b: new Double(-Infinity), c: Decimal128.fromString('1.10') },
      { a: new Date(-1), b: new Date(8.64e15), c: new Timestamp({ t: 1, i: 2 }) },
      { a: new Binary(Buffer.from('b'), 0), b: new UUID(), c: new BSONRegExp('^a', 'i') },
      { a: null, b: [[], {}], c: { $oid: 'x', $gt: 1 }, ['']: '', d: { $date: 5 } },
      { a: 'Đại hội Điểm', b: 'Đại hội'.normalize('NFD'), c: '\u0000\u2028', d: '𠀋\n{"end":{}}' },
    ]);
    const out = join(folder, 'kinds.ejson.gz');
    expect(await backUp(out, prefix)).toMatchObject({ code: 0 });
    const other = newPrefix();
    expect(await restore(out, other)).toMatchObject({ code: 0 });
    const before = await dump(prefix);
    expect(before['campaigns.strays']?.documents).toHaveLength(6);
    expect(await dump(other)).toEqual(before);
  });

  it('whatever a document holds, its bytes come back', () => {
    const scalar = fc.oneof(
      fc.double(),
      fc.integer(),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.string({ unit: 'binary' }),
      fc.date({ noInvalidDate: true }),
      fc.boolean(),
      fc.constant(null),
      fc.uint8Array().map((bytes) => new mongo.BSON.Binary(bytes)),
    );
    // A key with NUL can't be in BSON.
    const key = fc.oneof(
      fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '')),
      fc.constantFrom('$oid', '$date', '$numberLong', '$ref', '_id', '__proto__', 'toBSON'),
    );
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        scalar,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(key, tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(key, value), (document) => {
        const bytes = Buffer.from(mongo.BSON.serialize(document));
        const line = encodeDocument(bytes);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        const back = decodeDocument(line);
        expect(Buffer.from(mongo.BSON.serialize(back ?? {})).equals(bytes)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('what is written meanwhile is there as of one moment', async () => {
    const prefix = newPrefix();
    const [one, other] = ['organizations', 'recognitions'].map((name) =>
      client.db(prefix + name).collection<{ _id: number }>('halves'),
    ) as [mongo.Collection<{ _id: number }>, mongo.Collection<{ _id: number }>];
    const put = (from: number, count: number) =>
      client.withSession((session) =>
        session.withTransaction(async () => {
          const halves = Array.from({ length: count }, (_, index) => ({ _id: from + index }));
          await one.insertMany(halves, { session });
          await other.insertMany(halves, { session });
        }),
      );
    await one.insertOne({ _id: 0 });
    await other.insertOne({ _id: 0 });
    await put(1, 5_000);
    const out = join(folder, 'moment.ejson.gz');
    let isDone = false;
    const backingUp = backUp(out, prefix).finally(() => (isDone = true));
    for (let next = 5_001; !isDone; next += 10) await put(next, 10);
    const { code, output } = await backingUp;
    expect(code, output).toBe(0);
    const copy = newPrefix();
    expect(await restore(out, copy)).toMatchObject({ code: 0 });
    const all = await dump(copy);
    const isOfOneMoment = output.includes('as of one moment (one');
    expect(all['organizations.halves']?.documents.length).toBeGreaterThan(5_000);
    if (isOfOneMoment) {
      expect(all['organizations.halves']?.documents).toEqual(all['recognitions.halves']?.documents);
    } else expect(output).toContain('NOT as of one moment');
  });
});

const HEADER_BYTES = 10;

const isSameWithin = (packed: Buffer, other: Buffer) => {
  try {
    return gunzipSync(packed).equals(gunzipSync(other));
  } catch {
    return false;
  }
};

describe('a backup that is not whole', () => {
  it('is found out wherever it is cut off, or one byte is changed', async () => {
    const small = newPrefix();
    await insert(small, [{ a: 1 }, { b: 'hai' }]);
    const whole = join(folder, 'small.ejson.gz');
    expect(await backUp(whole, small)).toMatchObject({ code: 0 });
    expect(await read(whole)).toBe(2);
    const bytes = await readFile(whole);
    const broken = join(folder, 'broken.ejson.gz');
    const refuses = async (content: Buffer) => {
      await writeFile(broken, content);
      await expect(read(broken)).rejects.toMatchObject({
        name: 'UserError',
        message: expect.stringContaining('is not what was written as a backup') as unknown,
      });
    };
    for (let length = 0; length < bytes.length; length++) await refuses(bytes.subarray(0, length));
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(bytes.readUInt8(at) ^ (1 << (at % 8)), at);
      // A few bits only fill the last byte of what is packed: they are no part of it.
      if (at >= HEADER_BYTES && isSameWithin(changed, bytes)) continue;
      await refuses(changed);
    }
    await refuses(Buffer.concat([bytes, Buffer.from('x')]));
    await refuses(Buffer.concat([bytes, bytes]));
  });

  it.each([
    ['changed and packed again', (text: string) => text.replace('Thái Bình', 'Thái Bính')],
    ['without a document', (text: string) => text.replace(/\n\{"document":[^\n]*/, '')],
    ['with a document too many', (text: string) => text.replace(/\n(\{"doc[^\n]*)/, '\n$1\n$1')],
    ['without its end', (text: string) => text.replace(/\{"end":[^\n]*\n$/, '')],
  ])('%s: nothing is touched', async (_what, change) => {
    const text = gunzipSync(await readFile(file)).toString();
    const changed = change(text);
    expect(changed).not.toBe(text);
    const forged = gzipSync(changed);
    (await readFile(file)).copy(forged, 0, 0, 10);
    const from = join(folder, 'forged.ejson.gz');
    await writeFile(from, forged);
    const prefix = newPrefix();
    await insert(prefix, [{ keep: true }]);
    const before = await dump(prefix);
    const { code, output } = await restore(from, prefix, ['--replace']);
    expect(code).toBe(1);
    expect(output).toMatch(/error: .*forged\.ejson\.gz is not what was written as a backup: /);
    expect(output).toContain('take another copy of it');
    expect(await dump(prefix)).toEqual(before);
  });

  it('of another format says so', async () => {
    const text = gunzipSync(await readFile(file)).toString();
    const later = gzipSync(text.replace('"version":1', '"version":2'));
    (await readFile(file)).copy(later, 0, 0, 10);
    const from = join(folder, 'later.ejson.gz');
    await writeFile(from, later);
    const { code, output } = await restore(from, newPrefix());
    expect(code).toBe(1);
    expect(output).toMatch(/is a backup of format 2, and this version reads format 1/);
  });

  it.each(['nothing.gz', '.'])('%s is one clear line', async (name) => {
    const { code, output } = await restore(join(folder, name), newPrefix());
    expect(code).toBe(1);
    expect(output).toMatch(/\nerror: [^\n]* can't be read: [^\n]*\n$/);
  });
});

describe('what is there already', () => {
  it('is left alone, and replaced as a whole when asked to', async () => {
    const prefix = newPrefix();
    await insert(prefix, [{ old: true }]);
    const before = await dump(prefix);
    const refused = await restore(file, prefix);
    expect(refused.code).toBe(1);
    expect(refused.output).toMatch(/campaigns is not empty: its collection strays holds documents/);
    expect(refused.output).toContain('--replace');
    expect(await dump(prefix)).toEqual(before);

    expect(await restore(file, prefix, ['--replace'])).toMatchObject({ code: 0 });
    expect(await dump(prefix)).toEqual(await facts());
  });

  it('is whole, old or new, whenever a restore is killed, or nobody serves it; the next one ends it', async () => {
    const prefix = newPrefix();
    expect(await restore(file, prefix)).toMatchObject({ code: 0 });
    await insert(
      prefix,
      Array.from({ length: 5_000 }, (_, number) => ({ number })),
    );
    const large = join(folder, 'large.ejson.gz');
    expect(await backUp(large, prefix)).toMatchObject({ code: 0 });
    const wanted = await dump(prefix);
    expect(await restore(file, prefix, ['--replace'])).toMatchObject({ code: 0 });
    const old = await dump(prefix);

    const seen = new Set<string>();
    for (const afterMs of [0, 40, 80, 160, 320, 640]) {
      const { line, process, ended } = startRestore(large, prefix, ['--replace']);
      await line(/verifying/);
      await sleep(afterMs);
      process.kill('SIGKILL');
      await ended;
      const all = Object.entries(await dump(prefix));
      const now = Object.fromEntries(all.filter(([name]) => !name.includes('.restoring.')));
      const state = ['organizations.restores', 'campaigns.restores', 'recognitions.restores'].some(
        (name) => now[name]?.documents.length,
      )
        ? 'marked'
        : 'whole';
      seen.add(state);
      if (state === 'whole') expect([old, wanted]).toContainEqual(now);
    }
    expect(seen).toContain('whole');
    expect(await restore(large, prefix, ['--replace'])).toMatchObject({ code: 0 });
    expect(await dump(prefix)).toEqual(wanted);
  });

  it('when half of it was put into its place, nothing is served until it is whole', async () => {
    const prefix = newPrefix();
    expect(await restore(file, prefix)).toMatchObject({ code: 0 });
    const text = gunzipSync(await readFile(file)).toString();
    const [, sha256 = ''] = /"sha256":"(\w+)"\}\}\n$/.exec(text) ?? [];
    const marks = client.db(`${prefix}campaigns`).collection<{ _id: string }>('restores');
    await marks.insertOne({ _id: 'restore', sha256, at: new Date() } as { _id: string });

    const serve = startScript(
      'scripts/subgraph.ts',
      {
        MONGODB_URI: databases.uri,
        DATABASE_PREFIX: prefix,
        CAMPAIGNS_PORT: '0',
      },
      ['campaigns'],
    );
    expect(await toEnd(serve)).toMatchObject({
      code: 1,
      output: expect.stringMatching(/half restored[^]*npm run restore -- FILE/) as unknown,
    });
    for (const name of NAMES.filter((each) => each !== 'campaigns')) {
      await client.db(prefix + name).dropDatabase();
    }
    // The run before this one has put it there: no --replace is needed.
    expect(await restore(file, prefix)).toMatchObject({ code: 0 });
    expect(await dump(prefix)).toEqual(await facts());
  });
});

describe('where a backup is written', () => {
  it('nothing is written over, and nothing half is left', async () => {
    const before = await readFile(file);
    const again = await backUp(file);
    expect(again.code).toBe(1);
    expect(again.output).toMatch(/is there already: nothing was written over it\n.*--out/);
    expect((await readFile(file)).equals(before)).toBe(true);

    const nowhere = await backUp(join(file, 'x'));
    expect(nowhere.code).toBe(1);
    expect(nowhere.output).toMatch(/can't be written/);
  });

  it('on a disk that is full it says so, and leaves nothing', async () => {
    const full = join(folder, 'full');
    await mkdir(full);
    // A process that may write no longer files is told the same as on a full disk.
    const command = 'ulimit -f 4; exec node scripts/run.cjs scripts/backup.ts --out "$0"';
    const child = spawn('bash', ['-c', command, join(full, 'a.gz')], {
      env: {
        ...process.env,
        MONGODB_URI: databases.uri,
        DATABASE_PREFIX: databases.databasePrefix,
        NODE_COMPILE_CACHE: '',
      },
    });
    let output = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    await once(child, 'close');
    expect(child.exitCode, output).toBe(1);
    expect(output).toMatch(/the backup .*a\.gz can't be written: EFBIG/);
    expect(output).toContain('Make room');
    expect(await readdir(full)).toEqual([]);
  });

  it('by default it has a name of its own below DATA_DIR, and only its owner may read it', async () => {
    const { code, output } = await toEnd(start('scripts/backup.ts', [], databases.databasePrefix));
    expect(code).toBe(0);
    const [, path = ''] = /\n(\S+antq-\d{8}T\d{6}Z\.ejson\.gz)\n/.exec(output) ?? [];
    expect(path).toContain(join(folder, 'backups'));
    expect(await read(path)).toBeGreaterThan(400);
  });
});
