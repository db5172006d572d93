import {
  getNamedType,
  isObjectType,
  Kind,
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import type { PlannedFields } from './PlannedFields.ts';

/**
 * The first field of a planned document that no fetch brings, as `Type.field`; undefined when there is
 * none. The planner silently leaves out what it finds no way to. Only fields of objects whose type is
 * certain are judged: to leave out those of types that no object can have is right.
 */
export function findUnplanned(
  schema: GraphQLSchema,
  { definitions }: DocumentNode,
  planned: PlannedFields,
): string | undefined {
  const find = (
    { selections }: SelectionSetNode,
    type: GraphQLNamedType | null | undefined,
    path: readonly string[],
  ): string | undefined => {
    if (!isObjectType(type)) return undefined;
    for (const selection of selections) {
      if (selection.kind !== Kind.FIELD || selection.name.value.startsWith('__')) continue;
      const name = (selection.alias ?? selection.name).value;
      if (!planned.has(path, name)) return `${type.name}.${selection.name.value}`;
      const field = type.getFields()[selection.name.value];
      const below =
        field &&
        selection.selectionSet &&
        find(selection.selectionSet, getNamedType(field.type), [...path, name]);
      if (below) return below;
    }
    return undefined;
  };
  for (const definition of definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    return find(definition.selectionSet, schema.getRootType(definition.operation), []);
  }
  return undefined;
}
