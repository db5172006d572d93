import { isEnumType, Kind, parse, type GraphQLSchema } from 'graphql';
import { argumentOf } from './supergraphDirectives.ts';

/** Tells whether a representation holds all of a key by which a subgraph knows entities of its type. */
export type HoldsKey = (subgraph: string, representation: Record<string, unknown>) => boolean;

/** Makes the test for a supergraph. */
export function createKeyTest(schema: GraphQLSchema): HoldsKey {
  const names = subgraphNames(schema);
  const keys = new Map<string, string[][]>();
  for (const { name: type, astNode, extensionASTNodes } of Object.values(schema.getTypeMap())) {
    for (const node of [astNode, ...extensionASTNodes]) {
      for (const directive of node?.directives ?? []) {
        if (directive.name.value !== 'join__type') continue;
        const key = argumentOf(directive, 'key');
        if (key === undefined) continue;
        const place = `${names.get(argumentOf(directive, 'graph') ?? '') ?? ''} ${type}`;
        keys.set(place, [...(keys.get(place) ?? []), fieldNames(key)]);
      }
    }
  }
  return (subgraph, representation) => {
    const known = keys.get(`${subgraph} ${String(representation['__typename'])}`) ?? [];
    return known.some((fields) => fields.every((name) => Object.hasOwn(representation, name)));
  };
}

/** The names of subgraphs by what the supergraph calls them. */
function subgraphNames(schema: GraphQLSchema): Map<string, string> {
  const graphs = schema.getType('join__Graph');
  if (!isEnumType(graphs)) return new Map();
  return new Map(
    graphs.getValues().map(({ name, astNode }) => {
      const directive = astNode?.directives?.find((each) => each.name.value === 'join__graph');
      return [name, (directive && argumentOf(directive, 'name')) ?? name];
    }),
  );
}

/** The fields of a key, without what is selected of them. */
function fieldNames(key: string): string[] {
  const [operation] = parse(`{ ${key} }`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return [];
  return operation.selectionSet.selections.flatMap((selection) =>
    selection.kind === Kind.FIELD ? [selection.name.value] : [],
  );
}
