import { isDeepStrictEqual } from 'node:util';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const show = (value: unknown) => JSON.stringify(value)?.slice(0, 300) ?? 'nothing';

/** Says where two values that are not equal part. */
export function findDifference(expected: unknown, actual: unknown, path = 'data'): string {
  if (isObject(expected) && isObject(actual)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
    const key = keys.find((each) => !isDeepStrictEqual(expected[each], actual[each]));
    if (key !== undefined) return findDifference(expected[key], actual[key], `${path}.${key}`);
  }
  return `at ${path}: ${show(actual)} instead of ${show(expected)}`;
}
