import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { isRecord } from '../transport/isRecord.ts';
import { mergeInto, setOwn } from './mergeInto.ts';
import type { TypeCondition } from './TypeCondition.ts';

type Data = Record<string, unknown>;

/** Reads from an object what a subgraph knows it by; null when something of that is missing. */
export type ReadRepresentation = (source: Data) => Data | null;

/** Compiles the `requires` of a fetch. */
export function compileRepresentation(
  selections: readonly QueryPlanSelectionNode[],
  meets: TypeCondition,
): ReadRepresentation {
  const parts = selections.map((selection) => compileSelection(selection, meets));
  return (source) => {
    const result: Data = {};
    for (const part of parts) if (!part(source, result)) return null;
    return result;
  };
}

/** Adds what one selection reads to `result`; false when it is missing. */
type Part = (source: Data, result: Data) => boolean;

function compileSelection(selection: QueryPlanSelectionNode, meets: TypeCondition): Part {
  if (selection.kind === 'InlineFragment') {
    const { typeCondition } = selection;
    const read = compileRepresentation(selection.selections, meets);
    return (source, result) => {
      if (typeCondition && !meets(source['__typename'], typeCondition)) return true;
      const found = read(source);
      if (found) mergeInto(result, found);
      return true;
    };
  }
  const name = selection.alias ?? selection.name;
  const read = selection.selections && compileRepresentation(selection.selections, meets);
  const readValue = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(readValue);
    return read && isRecord(value) ? read(value) : value;
  };
  return (source, result) => {
    const value = Object.hasOwn(source, name) ? source[name] : undefined;
    if (value === undefined) return false;
    setOwn(result, name, readValue(value));
    return true;
  };
}
