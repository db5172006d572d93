import mongoose, { mongo } from 'mongoose';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { inTransaction } from '../../../../subgraphs/shared/writing/transaction.ts';

let database: mongoose.Connection;

beforeAll(async () => {
  database = await mongoose
    .createConnection(inject('mongodbUri'), { dbName: 'test_transaction' })
    .asPromise();
});

afterAll(async () => {
  await database.dropDatabase();
  await database.close();
});

it('what is thrown takes back all that was written', async () => {
  const notes = database.collection<{ _id: string }>('notes');
  const failing = inTransaction(database, async (session) => {
    await notes.insertOne({ _id: 'one' }, { session });
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await notes.countDocuments()).toBe(0);
});

it('a database without transactions is told of in one clear sentence', async () => {
  // What a mongod answers that is no member of a replica set.
  const error = new mongo.MongoServerError({
    message: 'Transaction numbers are only allowed on a replica set member or mongos',
    code: 20,
  });
  const failing = inTransaction(database, () => Promise.reject(error));
  await expect(failing).rejects.toMatchObject({
    message: expect.stringContaining('Run it as a replica set') as string,
    extensions: { code: 'UNAVAILABLE' },
  });
});
