import type { FetchDataRewrite } from '@apollo/query-planner';
import { isRecord } from '../../subgraphs/shared/isRecord.ts';
import { mergeInto, setOwn } from './mergeInto.ts';
import type { TypeCondition } from './TypeCondition.ts';

type Data = Record<string, unknown>;

const FRAGMENT = '... on ';

/** Changes data in place: what a plan calls otherwise than the subgraph, or than the client. */
export type Rewrite = (data: unknown) => void;

/** Compiles the rewrites of a fetch; undefined when there are none. */
export function compileRewrites(
  rewrites: readonly FetchDataRewrite[] | undefined,
  meets: TypeCondition,
): Rewrite | undefined {
  if (!rewrites?.length) return undefined;
  const all = rewrites.map((rewrite) => compileRewrite(rewrite, meets));
  return (data) => {
    for (const rewrite of all) rewrite(data);
  };
}

function compileRewrite(rewrite: FetchDataRewrite, meets: TypeCondition): Rewrite {
  const field = rewrite.path.at(-1);
  if (field === undefined) return () => {};
  const change = (object: Data) => {
    if (rewrite.kind === 'ValueSetter') {
      setOwn(object, field, rewrite.setValueTo);
    } else if (Object.hasOwn(object, field)) {
      const value = object[field];
      delete object[field];
      // Where fragments overlap, a part of the same field may be there under its own name.
      mergeInto(object, { [rewrite.renameKeyTo]: value });
    }
  };
  const steps = rewrite.path.slice(0, -1);
  const descend = (value: unknown, depth: number): void => {
    if (Array.isArray(value)) {
      for (const item of value) descend(item, depth);
      return;
    }
    if (!isRecord(value)) return;
    const step = steps[depth];
    if (step === undefined) change(value);
    else if (!step.startsWith(FRAGMENT)) descend(value[step], depth + 1);
    else if (ofType(value, step.slice(FRAGMENT.length))) descend(value, depth + 1);
  };
  // An object that does not say its type is what the plan takes it for.
  const ofType = (object: Data, condition: string) =>
    !object['__typename'] || meets(object['__typename'], condition);
  return (data) => descend(data, 0);
}
