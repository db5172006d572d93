import { buildSubgraph } from '@apollo/federation-internals';
import {
  buildASTSchema,
  getNamedType,
  isEnumType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type DocumentNode,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';

/** A type of a subgraph that the gateway may ask for by a key. */
export interface Entity {
  type: string;
  /** The fields of the key, as `@key` has them. */
  key: string;
  /** A representation that nobody knows; other numbers give others. */
  representation(number: number): Record<string, unknown>;
}

/** Every resolvable key of a subgraph's entities. */
export function findEntities(name: string, typeDefs: DocumentNode): Entity[] {
  const subgraph = buildSubgraph(name, '', typeDefs);
  const schema = buildASTSchema(parse(subgraph.toString()), { assumeValidSDL: true });
  const keyDirective = subgraph.metadata().keyDirective().name;
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    const keys = [type.astNode, ...type.extensionASTNodes]
      .flatMap((node) => node?.directives ?? [])
      .filter((directive) => directive.name.value === keyDirective)
      .map(({ arguments: given = [] }) => {
        const value = (wanted: string) => given.find((each) => each.name.value === wanted)?.value;
        const [fields, resolvable] = [value('fields'), value('resolvable')];
        return {
          fields: fields?.kind === Kind.STRING ? fields.value : '',
          isResolvable: resolvable?.kind !== Kind.BOOLEAN || resolvable.value,
        };
      });
    return keys
      .filter(({ fields, isResolvable }) => fields && isResolvable)
      .map(({ fields }): Entity => {
        const selection = selectionOf(fields);
        return {
          type: type.name,
          key: fields,
          representation: (number) => ({
            __typename: type.name,
            ...madeUp(selection, type.name, schema, number),
          }),
        };
      });
  });
}

function selectionOf(fields: string): SelectionSetNode {
  const [operation] = parse(`{ ${fields} }`).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`${fields} is no selection`);
  return operation.selectionSet;
}

/** Values for the fields of a key that no real record has. */
function madeUp(
  { selections }: SelectionSetNode,
  typename: string,
  schema: GraphQLSchema,
  number: number,
): Record<string, unknown> {
  const type = schema.getType(typename);
  const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
  return Object.fromEntries(
    selections.flatMap((node) => {
      const field = node.kind === Kind.FIELD ? fields[node.name.value] : undefined;
      if (node.kind !== Kind.FIELD || !field) return [];
      const inner = getNamedType(field.type);
      if (node.selectionSet) {
        return [[field.name, madeUp(node.selectionSet, inner.name, schema, number)]];
      }
      return [
        [field.name, isEnumType(inner) ? inner.getValues()[0]?.name : leaf(inner.name, number)],
      ];
    }),
  );
}

function leaf(typename: string, number: number): unknown {
  if (typename === 'Int' || typename === 'Float') return 900_000_000 + number;
  return typename === 'Boolean' ? true : `no-such-record-${number}`;
}
