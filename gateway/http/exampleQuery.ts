import {
  getNamedType,
  getNullableType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';

type Field = GraphQLField<unknown, unknown>;

const LEAVES = 3;
const DEPTH = 3;

/** A small query that works on `schema`: a root field that needs no argument, and some of what it has. */
export function exampleQuery(schema: GraphQLSchema): string {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  const selections = fields.map((field) => select(field, DEPTH));
  return `{ ${selections.find((selection) => selection !== undefined) ?? '__typename'} }`;
}

/** The field with up to three values and one list or object below it; undefined when it needs arguments. */
function select(field: Field, depth: number): string | undefined {
  if (field.args.some(isRequiredArgument)) return undefined;
  const first = field.args.find(
    ({ name, type }) => name === 'first' && getNullableType(type).toString() === 'Int',
  );
  const call = first ? `${field.name}(first: 3)` : field.name;
  const type = getNamedType(field.type);
  if (isLeafType(type)) return call;
  if (depth === 0 || !(isObjectType(type) || isInterfaceType(type))) return undefined;

  const below = Object.values(type.getFields());
  const leaves = below.filter((child) => isLeafType(getNamedType(child.type)));
  const nested = below
    .filter((child) => !leaves.includes(child))
    .sort((a, b) => Number(b.name === 'nodes') - Number(a.name === 'nodes'));
  const chosen = [
    ...leaves
      .map((child) => select(child, 0))
      .filter(isPresent)
      .slice(0, LEAVES),
    ...nested
      .map((child) => select(child, depth - 1))
      .filter(isPresent)
      .slice(0, 1),
  ];
  return chosen.length > 0 ? `${call} { ${chosen.join(' ')} }` : undefined;
}

function isPresent(selection: string | undefined) {
  return selection !== undefined;
}
