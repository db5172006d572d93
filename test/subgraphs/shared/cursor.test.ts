import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeCursor, encodeCursor, standsAfter } from '../../../subgraphs/shared/cursor.ts';
import { order, reversed } from '../../../subgraphs/shared/order.ts';

const byName = order('NAME', { nameSort: 1 });
const newest = order('NEWEST', { latestFirst: -1 });

const encode = (content: unknown) => Buffer.from(JSON.stringify(content)).toString('base64url');

it('a cursor comes back as the place that it was made of', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (nameSort, id) => {
      const cursor = encodeCursor({ _id: id, nameSort, other: 1 }, byName);
      expect(cursor).toMatch(/^[\w-]+$/);
      expect(decodeCursor('after', cursor, byName)).toEqual([nameSort, id]);
    }),
  );
});

it('numbers keep their kind', () => {
  const byValue = order('VALUE', { value: -1 });
  const cursor = encodeCursor({ _id: 'a', value: 1.57 }, byValue);
  expect(decodeCursor('after', cursor, byValue)).toEqual([1.57, 'a']);
});

it.each([
  'garbage',
  '',
  '====',
  encode(null),
  encode({}),
  encode('NAME'),
  encode([]),
  encode(['NAME', { $gt: '' }, 'a']),
  encode(['NAME', ['a'], 'a']),
  encode(['NAME', null, 'a']),
  encode(['NAME', true, 'a']),
  Buffer.from('["NAME","a"').toString('base64url'),
])('%j is refused as no cursor', (cursor) => {
  expect(() => decodeCursor('before', cursor, byName)).toThrow(
    /^"before" is not a cursor; give one/,
  );
});

it.each([encode(['NEWEST', 'a', 'b']), encode(['NAME', 'a']), encode(['NAME', 'a', 'b', 'c'])])(
  '%j is refused as a cursor of another list',
  (cursor) => {
    expect(() => decodeCursor('after', cursor, byName)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(
          /^"after" is a cursor of another list or another sort/,
        ) as unknown,
        extensions: { code: 'BAD_USER_INPUT' },
      }),
    );
  },
);

it('what stands after a place has a later first field, or the same and a later second', () => {
  expect(standsAfter(['b', 'x'], byName)).toEqual({
    $or: [{ nameSort: { $gt: 'b' } }, { nameSort: 'b', _id: { $gt: 'x' } }],
  });
  expect(standsAfter(['2020-01-01', 'x'], newest)).toEqual({
    $or: [{ latestFirst: { $lt: '2020-01-01' } }, { latestFirst: '2020-01-01', _id: { $gt: 'x' } }],
  });
});

it('what stands before a place stands after it in the order reversed', () => {
  expect(standsAfter(['2020-01-01', 'x'], reversed(newest))).toEqual({
    $or: [{ latestFirst: { $gt: '2020-01-01' } }, { latestFirst: '2020-01-01', _id: { $lt: 'x' } }],
  });
});
