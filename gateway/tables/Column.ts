import {
  getNamedType,
  getNullableType,
  isEnumType,
  isListType,
  isNonNullType,
  type GraphQLField,
  type GraphQLOutputType,
} from 'graphql';

/** One value of a row: lists of values are kept as lists. */
export type Cell = string | number | boolean | null | readonly Cell[];

/** The values of a row, in the order of its table's columns. */
export type Row = readonly Cell[];

/** What values of a column are. */
export type ColumnType = 'integer' | 'number' | 'boolean' | 'string';

/** A column of a table. Which there are follows from the operation alone, never from the data. */
export interface Column {
  /** The way to the value in the answer, with dots. */
  name: string;
  type: ColumnType;
  /** 0: one value to a cell, 1: a list of them, 2: a list of such lists, and so on. */
  listDepth: number;
  /** Whether each row has a value. */
  isRequired: boolean;
  /** The values that there may be, where the schema lists them. */
  values?: readonly string[];
  description: string;
}

const types: Record<string, ColumnType> = { Int: 'integer', Float: 'number', Boolean: 'boolean' };

/**
 * Describes the column of a field that has values.
 * @param place Whether all above the field is always there, and how many lists a cell holds them in.
 */
export function toColumn(
  name: string,
  field: Pick<GraphQLField<unknown, unknown>, 'type' | 'description'>,
  { listDepth, isRequired }: { listDepth: number; isRequired: boolean },
): Column {
  const type = getNamedType(field.type);
  return {
    name,
    type: types[type.name] ?? 'string',
    listDepth: listDepth + listsOf(field.type),
    isRequired: isRequired && isNonNullType(field.type),
    ...(isEnumType(type) && { values: type.getValues().map((value) => value.name) }),
    description: field.description ?? '',
  };
}

function listsOf(type: GraphQLOutputType): number {
  const nullable = getNullableType(type);
  return isListType(nullable) ? 1 + listsOf(nullable.ofType) : 0;
}
