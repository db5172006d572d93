import { UsageError } from '../UsageError.ts';

/** Reads flags such as `--id Organization=org-bo-cong-an`. */
export function readIds(flags: readonly string[]): Map<string, string> {
  return new Map(
    flags.map((flag) => {
      const [, type, id] = /^(\w+)=(.+)$/.exec(flag) ?? [];
      if (type && id) return [type, id];
      throw new UsageError(`--id must be such as Organization=org-bo-cong-an, got "${flag}"`);
    }),
  );
}
