/** A value inside a record or an answer, with the way to it: `provenance[0].source`. */
export interface Leaf {
  path: string;
  value: unknown;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every leaf of a JSON value, in its order; an empty list or object is a leaf of its own. */
export function leavesOf(value: unknown, path = ''): Leaf[] {
  if (Array.isArray(value) && value.length > 0) {
    return value.flatMap((item, index) => leavesOf(item, `${path}[${index}]`));
  }
  if (isObject(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, inner]) =>
      leavesOf(inner, path ? `${path}.${key}` : key),
    );
  }
  return [{ path, value }];
}

/** The value at a path such as `terms[1].title.vi`; undefined where the way ends before it. */
export function valueAt(value: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter(Boolean)
    .reduce<unknown>((here, key) => {
      if (Array.isArray(here)) return here[Number(key)];
      return isObject(here) ? here[key] : undefined;
    }, value);
}

/** The field that a leaf is an instance of: `provenance[0].source` → `provenance[].source`. */
export const fieldOf = (path: string) => path.replace(/\[\d+\]/g, '[]');
