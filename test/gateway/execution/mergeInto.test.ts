import { describe, expect, it } from 'vitest';
import { isRecord } from '../../../subgraphs/shared/isRecord.ts';
import { mergeInto } from '../../../gateway/execution/mergeInto.ts';

/** As a subgraph's answer comes in: with every name as a field of its own. */
const parseRecord = (json: string) => {
  const value: unknown = JSON.parse(json);
  if (!isRecord(value)) throw new Error('no object');
  return value;
};

describe('mergeInto', () => {
  it('a name such as __proto__ is a name like any other', () => {
    const target: Record<string, unknown> = {};
    mergeInto(target, parseRecord('{ "__proto__": { "a": 1 }, "constructor": { "b": 2 } }'));
    mergeInto(target, parseRecord('{ "__proto__": { "c": 3 }, "constructor": { "d": 4 } }'));
    expect(JSON.stringify(target)).toBe('{"__proto__":{"a":1,"c":3},"constructor":{"b":2,"d":4}}');
    expect(Object.getPrototypeOf(target)).toBe(Object.prototype);
    expect(Object.hasOwn({}, 'a')).toBe(false);
  });

  it('lists merge item by item, lists of lists too', () => {
    const target = { list: [[{ a: 1 }, null], [{ a: 2 }]] };
    mergeInto(target, { list: [[{ b: 1 }, null], [{ b: 2 }]] });
    expect(target).toEqual({ list: [[{ a: 1, b: 1 }, null], [{ a: 2, b: 2 }]] });
  });

  it('null takes nothing away, and gives way to what comes later', () => {
    const target = { kept: { a: 1 }, empty: null, items: [{ a: 1 }, null] };
    mergeInto(target, { kept: null, empty: { b: 2 }, items: [null, { b: 2 }], missing: undefined });
    expect(target).toEqual({ kept: { a: 1 }, empty: { b: 2 }, items: [{ a: 1 }, { b: 2 }] });
  });
});
