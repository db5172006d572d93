import { expect, it } from 'vitest';
import { encodeCursor } from '../../../subgraphs/shared/cursor.ts';
import { order } from '../../../subgraphs/shared/order.ts';
import { readPageArguments } from '../../../subgraphs/shared/pageArguments.ts';

const byName = order('NAME', { nameSort: 1 });
const cursor = encodeCursor({ _id: 'b', nameSort: 'a' }, byName);
const whole = { after: null, before: null };

it.each([
  [{}, { size: 20, fromEnd: false, ...whole }],
  [
    { first: null, last: null, after: null, before: null },
    { size: 20, fromEnd: false, ...whole },
  ],
  [{ first: 1 }, { size: 1, fromEnd: false, ...whole }],
  [{ first: 100 }, { size: 100, fromEnd: false, ...whole }],
  [{ last: 5 }, { size: 5, fromEnd: true, ...whole }],
  [{ after: cursor }, { size: 20, fromEnd: false, after: ['a', 'b'], before: null }],
  [
    { last: 2, before: cursor },
    { size: 2, fromEnd: true, after: null, before: ['a', 'b'] },
  ],
])('%j asks for %j', (given, page) => {
  expect(readPageArguments(given, byName)).toEqual(page);
});

it.each([
  [{ first: 0 }, /^"first" must be from 1 to 100; got 0\. Ask for more with "after"/],
  [{ first: -5 }, /got -5/],
  [{ first: 101 }, /got 101/],
  [{ last: 101 }, /^"last" must be from 1 to 100; got 101\. Ask for more with "before"/],
  [{ first: 1, last: 1 }, /^"first" and "last" were both given; give one of them\.$/],
  [{ after: '' }, /^"after" is not a cursor/],
  [{ before: 'x' }, /^"before" is not a cursor/],
])('%j is refused', (given, message) => {
  expect(() => readPageArguments(given, byName)).toThrow(message);
  expect(() => readPageArguments(given, byName)).toThrow(
    expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } }),
  );
});
