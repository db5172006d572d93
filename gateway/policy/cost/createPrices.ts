import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isUnionType,
  valueFromAST,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { isRecord } from '../../../subgraphs/shared/isRecord.ts';
import { costDirectives, type ListSize } from './costDirectives.ts';

/** Nothing costs more: sums and products end here, so that they are numbers whatever is asked. */
export const HIGHEST_COST = Number.MAX_SAFE_INTEGER;

/** A cost within bounds: from 0 to the highest, never NaN. */
export const bounded = (cost: number): number =>
  cost > 0 ? Math.min(cost, HIGHEST_COST) : Number.isNaN(cost) ? HIGHEST_COST : 0;

/** What each part of a schema costs. */
export interface Prices {
  /** What one object or value that a field gives costs by itself. */
  field(parent: GraphQLNamedType, field: GraphQLField<unknown, unknown>): number;
  listSize(parent: GraphQLNamedType, field: GraphQLField<unknown, unknown>): ListSize | undefined;
  /** What the value of an argument costs, each time that its field is asked. */
  argument(argument: GraphQLArgument, value: unknown): number;
  /** Whether there is anything in an argument that may cost something. */
  isFree(argument: GraphQLArgument): boolean;
}

/** An object that is given or taken costs so much, unless `@cost` says otherwise; scalars and enums cost nothing. */
const OBJECT_COST = 1;

/** Values that are nested deeper than this are not read to the end: they cost the highest. */
const DEEPEST_VALUE = 64;

/**
 * Reads prices from `@cost` and `@listSize` of a supergraph. A weight on a field stands before that of the type that
 * it gives. What is asked of an interface or a union costs as much as the dearest of its objects.
 * @throws UserError when the directives can't be read.
 */
export function createPrices(schema: GraphQLSchema): Prices {
  const { weight, listSize } = costDirectives(schema);

  const ofType = (type: GraphQLNamedType): number => {
    const own = weight(type.astNode) ?? max(type.extensionASTNodes.map(weight));
    if (own !== undefined) return own;
    if (isInterfaceType(type) || isUnionType(type)) {
      return max(schema.getPossibleTypes(type).map(ofType)) ?? OBJECT_COST;
    }
    return isObjectType(type) || isInputObjectType(type) ? OBJECT_COST : 0;
  };
  /** The same field in the type that is asked and, of an interface, in those that implement it. */
  const definitions = (
    parent: GraphQLNamedType,
    { name, astNode }: GraphQLField<unknown, unknown>,
  ) => {
    const objects = isInterfaceType(parent) ? schema.getPossibleTypes(parent) : [];
    return [astNode, ...objects.map((object) => object.getFields()[name]?.astNode)];
  };

  const ofValue = (type: GraphQLInputType, value: unknown, own?: number, depth = 0): number => {
    if (value === null || value === undefined) return 0;
    if (depth > DEEPEST_VALUE) return HIGHEST_COST;
    if (isNonNullType(type)) return ofValue(type.ofType, value, own, depth);
    if (isListType(type)) {
      const items: readonly unknown[] = Array.isArray(value) ? value : [value];
      return items.reduce<number>(
        (sum, item) => bounded(sum + ofValue(type.ofType, item, own, depth + 1)),
        0,
      );
    }
    const self = own ?? ofType(type);
    if (!isInputObjectType(type) || !isRecord(value)) return bounded(self);
    const fields = Object.values(type.getFields()).filter(({ name }) => Object.hasOwn(value, name));
    return fields.reduce(
      (sum, { name, astNode, type: inner }) =>
        bounded(sum + ofValue(inner, value[name], weight(astNode), depth + 1)),
      bounded(self),
    );
  };

  const costsNothing = (type: GraphQLNamedType) =>
    (isScalarType(type) || isEnumType(type)) && ofType(type) <= 0;
  return {
    field: (parent, field) =>
      max(definitions(parent, field).map(weight)) ?? ofType(getNamedType(field.type)),
    listSize: (parent, field) =>
      definitions(parent, field)
        .map(listSize)
        .find((size) => size !== undefined),
    argument: ({ type, astNode }, value) => ofValue(type, value, weight(astNode)),
    isFree: ({ type, astNode }) => (weight(astNode) ?? 0) <= 0 && costsNothing(getNamedType(type)),
  };
}

/** What an argument is when nothing is given. */
export const defaultOf = ({ defaultValue, astNode, type }: GraphQLArgument): unknown =>
  defaultValue ?? (astNode?.defaultValue && valueFromAST(astNode.defaultValue, type));

/** How many lists there are in one another around what a field gives. */
export function listDepth(type: GraphQLOutputType): number {
  if (isNonNullType(type)) return listDepth(type.ofType);
  return isListType(type) ? 1 + listDepth(type.ofType) : 0;
}

function max(numbers: readonly (number | undefined)[]): number | undefined {
  const known = numbers.filter((number) => number !== undefined);
  return known.length ? Math.max(...known) : undefined;
}
