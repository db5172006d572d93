import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { isRecord } from '../transport/isRecord.ts';
import { mergeInto, setOwn } from './mergeInto.ts';
import type { PlannedFields } from './PlannedFields.ts';
import type { SeparateRequirements } from './separateRequirements.ts';
import type { PlanPath } from './targets.ts';
import type { TypeCondition } from './TypeCondition.ts';

type Data = Record<string, unknown>;

/** Reads from an object what a subgraph is told of it; null when something of that is missing. */
export type ReadRepresentation = (source: Data) => Data | null;

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
  return (source) => {
    const result: Data = {};
    for (const part of parts) if (!part(source, result)) return null;
    return result;
  };
}

/** Adds what one selection reads to `result`; false when it is missing. */
type Part = (source: Data, result: Data) => boolean;

function compileSelection(
  selection: QueryPlanSelectionNode,
  path: PlanPath,
  compiler: RepresentationCompiler,
): Part {
  const { meets, planned, requirements } = compiler;
  if (selection.kind === 'InlineFragment') {
    const { typeCondition } = selection;
    const read = compileRepresentation(selection.selections, path, compiler);
    return (source, result) => {
      if (typeCondition && !meets(source['__typename'], typeCondition)) return true;
      const found = read(source);
      if (found) mergeInto(result, found);
      return true;
    };
  }
  const name = selection.alias ?? selection.name;
  const nameInSubgraph = requirements.fields.get(selection.name)?.name ?? name;
  const read =
    selection.selections && compileRepresentation(selection.selections, [...path, name], compiler);
  const readValue = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(readValue);
    return read && isRecord(value) ? read(value) : value;
  };
  return (source, result) => {
    const value = Object.hasOwn(source, name) ? source[name] : undefined;
    // The planner asks of all objects of a fetch what fields of some types among them require: what was
    // not fetched for an object of this type is not needed for it.
    if (value === undefined) return !planned.has(path, name, source['__typename']);
    setOwn(result, nameInSubgraph, readValue(value));
    return true;
  };
}
