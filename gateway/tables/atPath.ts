import { isRecord } from '../../subgraphs/shared/isRecord.ts';

/** What is at the end of a path of keys; undefined where the path breaks off. */
export function atPath(object: unknown, path: readonly string[]): unknown {
  let at = object;
  for (const key of path) at = isRecord(at) ? at[key] : undefined;
  return at;
}
