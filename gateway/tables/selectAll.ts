import {
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  type FieldNode,
  type GraphQLField,
  type GraphQLOutputType,
} from 'graphql';
import { select } from './ast.ts';

/** Selects all values of a field's objects, and of those right below them the single values. */
export function selectAll(name: string, field: GraphQLField<unknown, unknown>): FieldNode {
  const valuesOf = (type: GraphQLOutputType, mayBeList: boolean) => {
    const named = getNamedType(type);
    const fields = isObjectType(named) ? Object.values(named.getFields()) : [];
    return fields
      .filter(
        ({ args, type: of }) => !args.some(isRequiredArgument) && isLeafType(getNamedType(of)),
      )
      .filter(({ type: of }) => mayBeList || !isListType(getNullableType(of)))
      .map((leaf) => select(leaf.name));
  };
  const named = getNamedType(field.type);
  const objects = isObjectType(named)
    ? Object.values(named.getFields())
        .filter(({ args, type }) => !args.length && isObjectType(getNullableType(type)))
        .map((below) => ({ name: below.name, values: valuesOf(below.type, false) }))
        .filter(({ values }) => values.length)
    : [];
  return select(
    name,
    ...objects.map((below) => select(below.name, ...below.values)),
    ...valuesOf(field.type, true),
  );
}
