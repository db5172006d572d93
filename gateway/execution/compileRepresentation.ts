import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { isRecord } from '../../subgraphs/shared/isRecord.ts';
import { mergeInto, setOwn } from './mergeInto.ts';
import type { PlannedFields } from './PlannedFields.ts';
import type { SeparateRequirements } from './separateRequirements.ts';
import type { PlanPath } from './targets.ts';
import type { TypeCondition } from './TypeCondition.ts';

type Data = Record<string, unknown>;

/**
 * Reads from an object what a subgraph is told of it; null when something of that is missing. Objects are
 * in `lost` of which fetches that failed should have brought more.
 */
export type ReadRepresentation = (source: Data, lost: WeakSet<Data>) => Data | null;

export interface RepresentationCompiler {
  meets: TypeCondition;
  /** What the plan fetches as a whole. */
  planned: PlannedFields;
  requirements: Pick<SeparateRequirements, 'fields'>;
}

/** Compiles the `requires` of a fetch for the objects at `path`. */
export function compileRepresentation(
  selections: readonly QueryPlanSelectionNode[],
  path: PlanPath,
  compiler: RepresentationCompiler,
): ReadRepresentation {
  const parts = selections.map((selection) => compileSelection(selection, path, compiler));
  return (source, lost) => {
    const result: Data = {};
    for (const part of parts) if (!part(source, result, lost)) return null;
    return result;
  };
}

/** Adds what one selection reads to `result`; false when it is missing. */
type Part = (source: Data, result: Data, lost: WeakSet<Data>) => boolean;

/** Stands for a value that a fetch which failed should have brought. */
const LOST = Symbol('lost');

function compileSelection(
  selection: QueryPlanSelectionNode,
  path: PlanPath,
  compiler: RepresentationCompiler,
): Part {
  const { meets, planned, requirements } = compiler;
  if (selection.kind === 'InlineFragment') {
    const { typeCondition } = selection;
    const read = compileRepresentation(selection.selections, path, compiler);
    return (source, result, lost) => {
      if (typeCondition && !meets(source['__typename'], typeCondition)) return true;
      const found = read(source, lost);
      if (found) mergeInto(result, found);
      return found !== null || !lost.has(source);
    };
  }
  const name = selection.alias ?? selection.name;
  const nameInSubgraph = requirements.fields.get(selection.name)?.name ?? name;
  const read =
    selection.selections && compileRepresentation(selection.selections, [...path, name], compiler);
  const readValue = (value: unknown, lost: WeakSet<Data>): unknown => {
    if (!read) return value;
    if (Array.isArray(value)) {
      const items = value.map((item) => readValue(item, lost));
      return items.includes(LOST) ? LOST : items;
    }
    if (!isRecord(value)) return value;
    const found = read(value, lost);
    return found === null && lost.has(value) ? LOST : found;
  };
  return (source, result, lost) => {
    const value = Object.hasOwn(source, name) ? source[name] : undefined;
    // The planner asks of all objects of a fetch what fields of some types among them require: what was
    // not fetched for an object of this type is not needed for it.
    if (value === undefined) return !planned.has(path, name, source['__typename']);
    const found = readValue(value, lost);
    if (found === LOST) {
      // To be told that it is null, a subgraph would answer something that is not true.
      lost.add(source);
      return false;
    }
    setOwn(result, nameInSubgraph, found);
    return true;
  };
}
