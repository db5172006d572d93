import { Schema, createConnection } from 'mongoose';
import { beforeEach, expect, it } from 'vitest';
import { createDirectory, type Directory } from '../../../subgraphs/shared/createDirectory.ts';

interface Row {
  _id: string;
  name: string;
}

const model = createConnection().model<Row>('Thing', new Schema<Row>(), 'things');
let directory: Directory<Row>;

const row = (_id: string, name = 'old'): Row => ({ _id, name });
const keep = (...rows: Row[]) => directory.keep(() => Promise.resolve(rows));

beforeEach(() => {
  directory = createDirectory(model);
  directory.open(2);
});

it('keeps what was read', async () => {
  expect(await keep(row('a'))).toEqual([row('a')]);
  expect(directory.get('a')).toEqual(row('a'));
  expect(directory.get('x')).toBeUndefined();
});

it('keeps no more rows than it may, those that were used last', async () => {
  await keep(row('a'), row('b'));
  directory.get('a');
  await keep(row('c'));
  expect(['a', 'b', 'c'].map((id) => directory.get(id)?._id)).toEqual(['a', undefined, 'c']);
});

it('keeps nothing while it is closed, nor what it kept before', async () => {
  await keep(row('a'));
  directory.close();
  expect(directory.isOpen).toBe(false);
  expect(await keep(row('b'))).toEqual([row('b')]);
  directory.open(2);
  expect(['a', 'b'].map((id) => directory.get(id))).toEqual([undefined, undefined]);
});

it('forgets one row, or all', async () => {
  await keep(row('a'), row('b'));
  directory.forget('a');
  expect(['a', 'b'].map((id) => directory.get(id)?._id)).toEqual([undefined, 'b']);
  directory.forgetAll();
  expect(directory.get('b')).toBeUndefined();
});

it.each([
  ['that row alone when one row changes', () => directory.forget('a'), [undefined, 'b']],
  ['all when all are forgotten', () => directory.forgetAll(), [undefined, undefined]],
  [
    'all when it was closed and opened again',
    () => {
      directory.close();
      directory.open(2);
    },
    [undefined, undefined],
  ],
])('does not keep what was read before a change: %s', async (_title, change, kept) => {
  let answer = (_rows: Row[]) => {};
  const reading = directory.keep(() => new Promise<Row[]>((resolve) => (answer = resolve)));
  change();
  answer([row('a'), row('b')]);
  expect(await reading).toHaveLength(2);
  expect(['a', 'b'].map((id) => directory.get(id)?._id)).toEqual(kept);
});

it('a read that fails keeps nothing and holds up nothing', async () => {
  await expect(directory.keep(() => Promise.reject(new Error('no database')))).rejects.toThrow();
  await keep(row('a'));
  expect(directory.get('a')).toEqual(row('a'));
});
