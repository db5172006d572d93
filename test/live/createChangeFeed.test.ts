import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import mongoose, { type Connection } from 'mongoose';
import type { Change } from '../../subgraphs/shared/live/Change.ts';
import { createChangeFeed } from '../../subgraphs/shared/live/createChangeFeed.ts';

const KEPT = 5;
const RUNS = Number(process.env['FEED_RUNS'] ?? 30);

let database: Connection;
beforeAll(async () => {
  database = await mongoose
    .createConnection(inject('mongodbUri'), { dbName: `feed_${randomUUID().slice(0, 8)}` })
    .asPromise();
  // Each feed of a test listens for its end.
  database.setMaxListeners(0);
});
afterAll(async () => {
  await database.dropDatabase();
  await database.close();
});

const write = async (collection: string, from: number, count: number) => {
  for (let number = from; number < from + count; number += 1) {
    await database.collection<{ _id: string }>(collection).insertOne({ _id: String(number) });
  }
};

it('tells what happened to which record, in order', async () => {
  const name = `kinds${randomUUID().slice(0, 8)}`;
  const feed = createChangeFeed(database, name);
  const leave = new AbortController();
  const changes = await feed.follow({ signal: leave.signal });
  const records = database.collection<{ _id: string; n?: number }>(name);
  await records.insertOne({ _id: 'a' });
  await records.updateOne({ _id: 'a' }, { $set: { n: 1 } });
  await database.collection('others').insertOne({ n: 1 });
  await records.replaceOne({ _id: 'a' }, { n: 2 });
  await records.deleteOne({ _id: 'a' });
  const told: string[] = [];
  for await (const { kind, recordId } of changes) {
    if (recordId !== undefined) told.push(`${kind} ${recordId}`);
    if (told.length === 4) break;
  }
  leave.abort();
  expect(told).toEqual(['CREATED a', 'CHANGED a', 'CHANGED a', 'WITHDRAWN a']);
});

it('followers who read slowly, fall behind, leave and come back are told each change once', async () => {
  const step = fc.record({
    writes: fc.nat(9),
    /** So many are read, and then the follower leaves, or stays. */
    reads: fc.nat(12),
    leaves: fc.boolean(),
    pauseMs: fc.constantFrom(0, 0, 30),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const name = `c${randomUUID().slice(0, 8)}`;
      // So few are kept that followers fall out of it all the time.
      const feed = createChangeFeed(database, name, { kept: KEPT, maxAwaitMs: 20 });
      let leave = new AbortController();
      let lastId: string | undefined;
      const told: string[] = [];
      const open = async () => {
        leave = new AbortController();
        const changes = await feed.follow({ after: lastId, signal: leave.signal });
        return changes[Symbol.asyncIterator]() as AsyncIterator<Change, void>;
      };
      const read = async (iterator: AsyncIterator<Change, void>) => {
        const { value } = await iterator.next();
        if (!value) throw new Error('ended');
        lastId = value.eventId;
        if (value.recordId !== undefined) told.push(value.recordId);
      };
      let written = 0;
      let iterator = await open();
      // From here on nothing may be missed.
      await read(iterator);
      for (const { writes, reads, leaves, pauseMs } of steps) {
        await write(name, written, writes);
        written += writes;
        await sleep(pauseMs);
        const most = Math.min(told.length + reads, written);
        while (told.length < most) await read(iterator);
        if (!leaves) continue;
        leave.abort();
        iterator = await open();
      }
      while (told.length < written) await read(iterator);
      leave.abort();
      expect(told).toEqual(Array.from({ length: written }, (_, number) => String(number)));
    }),
    { numRuns: RUNS },
  );
});

it('a database that is dropped ends it, and is followed anew', async () => {
  const own = await mongoose
    .createConnection(inject('mongodbUri'), { dbName: `dropped_${randomUUID().slice(0, 8)}` })
    .asPromise();
  const feed = createChangeFeed(own, 'records', { maxAwaitMs: 20 });
  const records = own.collection<{ _id: string }>('records');
  await records.insertOne({ _id: 'a' });
  const leave = new AbortController();
  const before = (await feed.follow({ signal: leave.signal }))[Symbol.asyncIterator]();
  await before.next();
  await own.dropDatabase();
  const rest = async () => {
    for (;;) await before.next();
  };
  // Its records are told as withdrawn, or the end is told: it differs between servers.
  await Promise.race([rest().catch(() => undefined), sleep(1_000)]);

  const after = (await feed.follow({ signal: leave.signal }))[Symbol.asyncIterator]();
  await after.next();
  await records.insertOne({ _id: 'b' });
  expect((await after.next()).value).toMatchObject({ kind: 'CREATED', recordId: 'b' });
  leave.abort();
  await own.dropDatabase();
  await own.close();
});

it('many follow one stream of the database', async () => {
  const name = `many${randomUUID().slice(0, 8)}`;
  const feed = createChangeFeed(database, name);
  let opened = 0;
  const client = database.getClient();
  const watching = client.db(database.name);
  const original = Object.getPrototypeOf(watching) as { watch: (...given: never[]) => unknown };
  const { watch } = original;
  original.watch = function (...given) {
    opened += 1;
    return watch.apply(this, given);
  };
  const leave = new AbortController();
  setMaxListeners(0, leave.signal);
  try {
    const followers = await Promise.all(
      Array.from({ length: 100 }, () => feed.follow({ signal: leave.signal })),
    );
    await write(name, 0, 3);
    const told = await Promise.all(
      followers.map(async (changes) => {
        const ids: string[] = [];
        for await (const { recordId } of changes) {
          if (recordId !== undefined) ids.push(recordId);
          if (ids.length === 3) break;
        }
        return ids.join();
      }),
    );
    expect(new Set(told)).toEqual(new Set(['0,1,2']));
    expect(opened).toBe(1);
  } finally {
    leave.abort();
    original.watch = watch;
  }
});

it.each([
  ['nothing', ''],
  ['no place', 'zz'],
  ['a place that never was', '82'],
  ['something long', 'F'.repeat(3_000)],
])('an event that is %s is not known', async (_what, after) => {
  const feed = createChangeFeed(database, `unknown${randomUUID().slice(0, 8)}`);
  const leave = new AbortController();
  const follow = async () => {
    for await (const { recordId } of await feed.follow({ after, signal: leave.signal })) {
      if (recordId) return;
    }
  };
  await expect(follow()).rejects.toMatchObject({ extensions: { code: 'EVENT_ID_UNKNOWN' } });
  leave.abort();
});
