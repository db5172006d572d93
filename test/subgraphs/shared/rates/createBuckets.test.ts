import { expect, test } from 'vitest';
import { createBuckets } from '../../../../subgraphs/shared/rates/createBuckets.ts';

function startClock() {
  let time = 0;
  return { now: () => time, pass: (ms: number) => void (time += ms) };
}

test('what is taken comes back with time, and no more than that', () => {
  const { now, pass } = startClock();
  const buckets = createBuckets({ capacity: 10, restorePerS: 2, now });
  expect(buckets.take('a', 8)).toEqual({ taken: true, available: 2, waitS: 0 });
  expect(buckets.take('a', 8)).toEqual({ taken: false, available: 2, waitS: 3 });
  expect(buckets.take('b', 10)).toEqual({ taken: true, available: 0, waitS: 0 });
  pass(3_000);
  expect(buckets.take('a', 8)).toEqual({ taken: true, available: 0, waitS: 0 });
  pass(1_000_000);
  expect(buckets.available('a')).toBe(10);
  expect(buckets.take('a', 11)).toMatchObject({ taken: false });
});

test('what was not used is given back, and what was used beyond is owed', () => {
  const { now, pass } = startClock();
  const buckets = createBuckets({ capacity: 10, restorePerS: 1, now });
  buckets.take('a', 9);
  buckets.giveBack('a', 5);
  expect(buckets.available('a')).toBe(6);
  buckets.giveBack('a', -12);
  expect(buckets.take('a', 1)).toEqual({ taken: false, available: 0, waitS: 7 });
  buckets.giveBack('a', -1e9);
  expect(buckets.take('a', 10)).toEqual({ taken: false, available: 0, waitS: 20 });
  pass(20_000);
  expect(buckets.available('a')).toBe(10);
  buckets.giveBack('b', 100);
  expect(buckets.available('b')).toBe(10);
});

test('a clock that is set back gives nothing and takes nothing', () => {
  const { now, pass } = startClock();
  const buckets = createBuckets({ capacity: 10, restorePerS: 1, now });
  buckets.take('a', 5);
  pass(-1_000_000);
  expect(buckets.available('a')).toBe(5);
});

test('a million who take something are not all remembered', () => {
  const buckets = createBuckets({ capacity: 10, restorePerS: 1, kept: 1_000 });
  for (let index = 0; index < 1_000_000; index += 1) buckets.take(`a${index}`, 1);
  expect(buckets.size()).toBe(1_000);
});
