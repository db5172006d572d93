import { isRecord } from '../../subgraphs/shared/isRecord.ts';
import type { ResponsePath } from './Answer.ts';

/** A path of a plan: names of fields, and `@` for every item of a list. */
export type PlanPath = readonly string[];

type Data = Record<string, unknown>;

/** The objects at a path of a plan, in order; nulls on the way are passed over. */
export function collectTargets(data: unknown, path: PlanPath): Data[] {
  const targets: Data[] = [];
  visitTargets(data, path, 0, (target) => targets.push(target));
  return targets;
}

/** Where each of these objects stands, in the same order. */
export function pathsOfTargets(data: unknown, path: PlanPath): ResponsePath[] {
  const paths: ResponsePath[] = [];
  visitTargets(data, path, 0, (_target, at) => paths.push([...at]), []);
  return paths;
}

function visitTargets(
  value: unknown,
  path: PlanPath,
  depth: number,
  visit: (target: Data, at: (string | number)[]) => void,
  at: (string | number)[] = [],
): void {
  if (Array.isArray(value)) {
    // The planner writes one `@` for each level of a list.
    const next = path[depth] === '@' ? depth + 1 : depth;
    for (let index = 0; index < value.length; index += 1) {
      at.push(index);
      visitTargets(value[index], path, next, visit, at);
      at.pop();
    }
    return;
  }
  if (!isRecord(value)) return;
  const name = path[depth];
  if (name === undefined) {
    visit(value, at);
    return;
  }
  if (!Object.hasOwn(value, name)) return;
  at.push(name);
  visitTargets(value[name], path, depth + 1, visit, at);
  at.pop();
}
