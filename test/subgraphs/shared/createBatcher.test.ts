import { expect, it } from 'vitest';
import { createBatcher } from '../../../subgraphs/shared/createBatcher.ts';
import type { Selection } from '../../../subgraphs/shared/selection.ts';

const selection = (...fields: string[]): Selection => ({
  fields: new Set(fields),
  hasRows: true,
  hasCursors: false,
  hasTotal: false,
});

/** A batcher over rows that have every field, and the reads that it made. */
function createRecording() {
  const reads: { keys: string[]; fields: string[] }[] = [];
  const batcher = createBatcher((keys, { fields }) => {
    reads.push({ keys: [...keys], fields: [...fields].sort() });
    return Promise.resolve(keys.map((key) => `${key}: ${[...fields].sort().join()}`));
  });
  return {
    reads,
    load: (key: string, ...fields: string[]) => batcher.load(key, selection(...fields)),
  };
}

it('loads of one tick are one read, of all that any of them selects', async () => {
  const { reads, load } = createRecording();
  const loaded = [load('a', 'name'), load('b', 'kind'), load('a', 'level')];
  expect(await Promise.all(loaded)).toEqual(
    ['a', 'b', 'a'].map((key) => `${key}: kind,level,name`),
  );
  expect(reads).toEqual([{ keys: ['a', 'b'], fields: ['kind', 'level', 'name'] }]);
});

it('a row that was loaded with all that is needed is not read again', async () => {
  const { reads, load } = createRecording();
  await load('a', 'name', 'kind');
  expect(await load('a', 'kind')).toBe('a: kind,name');
  expect(await load('a')).toBe('a: kind,name');
  expect(reads).toHaveLength(1);
});

it('a row without a field that is needed is read again, with what it had', async () => {
  const { reads, load } = createRecording();
  await load('a', 'name');
  expect(await load('a', 'kind')).toBe('a: kind,name');
  expect(await load('a', 'name')).toBe('a: kind,name');
  expect(reads.map(({ fields }) => fields)).toEqual([['name'], ['kind', 'name']]);
});

it('a total that was not counted is asked for', async () => {
  const reads: boolean[] = [];
  const batcher = createBatcher((keys, { hasTotal }) => {
    reads.push(hasTotal);
    return Promise.resolve([...keys]);
  });
  await batcher.load('a', selection('name'));
  await batcher.load('a', { ...selection('name'), hasTotal: true });
  await batcher.load('a', selection('name'));
  expect(reads).toEqual([false, true]);
});

it('the error of a read is the error of each of its loads', async () => {
  const batcher = createBatcher<string>(() => Promise.reject(new Error('no database')));
  await expect(batcher.load('a', selection('name'))).rejects.toThrow('no database');
});
