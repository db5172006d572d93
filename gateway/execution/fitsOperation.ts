import {
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type SelectionSetNode,
} from 'graphql';
import type { FetchOperation } from './fetchOperation.ts';
import { isRecord } from '../../subgraphs/shared/isRecord.ts';

/**
 * Whether `data` has lists where the operation's fields are lists and objects where they are objects, so
 * that it can be merged with what other subgraphs gave, and at its root all that was asked for. Nulls and leaf values are not judged here: those
 * are completed with the answer as a whole.
 */
export function fitsOperation(
  data: unknown,
  operation: FetchOperation,
  representations: readonly unknown[],
): boolean {
  if (!isRecord(data)) return false;
  const { rootType, selectionSet, entitySelectionSet } = operation;
  if (!entitySelectionSet) {
    return isThere(data, selectionSet) && selectionFits(data, rootType, selectionSet, operation);
  }

  const entities = data['_entities'];
  return (
    Array.isArray(entities) &&
    entities.length === representations.length &&
    entities.every((entity) => objectFits(entity, undefined, entitySelectionSet, operation))
  );
}

/** Whether an answer has all that it must have at its root, be it null. */
function isThere(data: Record<string, unknown>, { selections }: SelectionSetNode): boolean {
  return selections.every(
    (selection) =>
      selection.kind !== Kind.FIELD ||
      (selection.directives?.length ?? 0) > 0 ||
      data[(selection.alias ?? selection.name).value] !== undefined,
  );
}

function selectionFits(
  object: Record<string, unknown>,
  type: GraphQLNamedType | undefined,
  { selections }: SelectionSetNode,
  operation: FetchOperation,
): boolean {
  // Fragments are judged whatever the type of the object: what has one response name has one shape, in
  // all types, by a rule of GraphQL itself.
  return selections.every((selection) => {
    if (selection.kind === Kind.FIELD) return fieldFits(object, type, selection, operation);
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection
        : operation.fragments.get(selection.name.value);
    if (!fragment) return true;
    const condition = fragment.typeCondition?.name.value;
    const fragmentType = condition ? operation.schema.getType(condition) : type;
    return selectionFits(object, fragmentType, fragment.selectionSet, operation);
  });
}

function fieldFits(
  object: Record<string, unknown>,
  type: GraphQLNamedType | undefined,
  { alias, name, selectionSet }: FieldNode,
  operation: FetchOperation,
): boolean {
  const value = object[(alias ?? name).value];
  if (name.value === '__typename') return value === undefined || typeof value === 'string';
  const hasFields = isObjectType(type) || isInterfaceType(type);
  const field = hasFields ? type.getFields()[name.value] : undefined;
  // What the supergraph does not know can't be judged.
  return !field || valueFits(value, field.type, selectionSet, operation);
}

function valueFits(
  value: unknown,
  type: GraphQLOutputType,
  selectionSet: SelectionSetNode | undefined,
  operation: FetchOperation,
): boolean {
  if (isNonNullType(type)) return valueFits(value, type.ofType, selectionSet, operation);
  if (value === null || value === undefined) return true;
  if (isListType(type)) {
    const itemType: GraphQLOutputType = type.ofType;
    return (
      Array.isArray(value) &&
      value.every((item) => valueFits(item, itemType, selectionSet, operation))
    );
  }
  return !selectionSet || objectFits(value, type, selectionSet, operation);
}

function objectFits(
  value: unknown,
  type: GraphQLNamedType | undefined,
  selectionSet: SelectionSetNode,
  operation: FetchOperation,
): boolean {
  if (value === null || value === undefined) return true;
  return isRecord(value) && selectionFits(value, type, selectionSet, operation);
}
