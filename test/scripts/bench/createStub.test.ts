import { expect, it } from 'vitest';
import { createStub } from '../../../scripts/bench/parts/createStub.ts';

/** A collection whose reads give what was asked, and count. */
function createCollection() {
  const asked: string[] = [];
  const cursor = (what: string) => {
    let sorted = '';
    const self = {
      sort: (by: object) => {
        sorted = JSON.stringify(by);
        return self;
      },
      toArray: async () => {
        asked.push(what + sorted);
        return [what + sorted];
      },
    };
    return self;
  };
  const prototype = {
    find: (filter: object) => cursor(`find ${JSON.stringify(filter)}`),
    aggregate: (pipeline: object[]) => cursor(`aggregate ${JSON.stringify(pipeline)}`),
  };
  const collection: typeof prototype = Object.create(prototype) as typeof prototype;
  return { collection, asked };
}

it('what was learned is replayed, and nothing else', async () => {
  const { collection, asked } = createCollection();
  const stub = createStub();
  stub.wrap('things', collection);

  stub.setMode('learn');
  const first = await collection.find({ a: 1 }).sort({ b: 1 }).toArray();
  expect(first).toEqual(['find {"a":1}{"b":1}']);
  expect(asked).toHaveLength(1);

  stub.setMode('strict');
  expect(await collection.find({ a: 1 }).sort({ b: 1 }).toArray()).toBe(first);
  await expect(collection.find({ a: 1 }).sort({ b: -1 }).toArray()).rejects.toThrow(
    'the stub has no answer',
  );
  await expect(collection.aggregate([{ a: 1 }]).toArray()).rejects.toThrow(
    'the stub has no answer',
  );
  expect(asked).toHaveLength(1);
  expect(stub.counts()).toEqual({ reads: 4, misses: 3, commands: 0 });
});

it('when it is off, the collection is what it was', async () => {
  const { collection, asked } = createCollection();
  const stub = createStub();
  stub.wrap('things', collection);
  stub.setMode('learn');
  stub.setMode('off');
  expect(Object.keys(collection)).toEqual([]);
  await collection.find({ a: 1 }).toArray();
  await collection.find({ a: 1 }).toArray();
  expect(asked).toHaveLength(2);
});
