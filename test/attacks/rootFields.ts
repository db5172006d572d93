import {
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLOutputType,
} from 'graphql';
import { schema } from '../helpers/connections.ts';

type Field = GraphQLField<unknown, unknown>;

/** The fields of Query that take arguments. */
export const rootFields: readonly Field[] = Object.values(
  schema.getQueryType()?.getFields() ?? {},
).filter(({ args }) => args.length > 0);

/** What can be selected without arguments: plain values, and those of a list's records. */
function selectionOf(type: GraphQLOutputType, isOutermost = true): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (!isObjectType(named) && !isInterfaceType(named)) return '{ __typename }';
  const selected = Object.values(named.getFields())
    .filter((field) => !field.args.some(isRequiredArgument))
    .filter(
      ({ name, type: of }) => isLeafType(getNamedType(of)) || (isOutermost && name === 'nodes'),
    )
    .map(({ name, type: of }) => `${name} ${selectionOf(of, false)}`);
  return `{ __typename ${selected.join(' ')} }`;
}

/** A query of a field with the variables as its arguments. */
export function queryOf({ name: field, args, type }: Field, variables: object): string {
  const given = args.filter(({ name }) => name in variables);
  const body = (passed: string) => `{ ${field}${passed} ${selectionOf(type)} }`;
  if (!given.length) return body('');
  const declared = given.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  return `query (${declared}) ${body(`(${given.map(({ name }) => `${name}: $${name}`).join(', ')})`)}`;
}
