import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  type ConstDirectiveNode,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

/** Which subgraph gives which part of the graph. */
export interface OwnerMap {
  subgraphs: string[];
  types: {
    name: string;
    kind: 'object' | 'interface';
    /** Whether subgraphs refer to it by a key. */
    isEntity: boolean;
    /** The interfaces that it implements. */
    implements: string[];
    subgraphs: string[];
    fields: { name: string; type: string; subgraphs: string[] }[];
  }[];
}

/**
 * Describes, for people who look at the graph, which subgraphs give each type and field that clients see.
 * @param api What clients see.
 * @param supergraph The same with its `join__` directives: https://specs.apollo.dev/join/v0.5/
 */
export function describeOwners(
  api: GraphQLSchema,
  { schema, subgraphs }: { schema: GraphQLSchema; subgraphs: readonly { name: string }[] },
): OwnerMap {
  const names = new Map(subgraphs.map(({ name }) => [enumName(name), name]));
  const graphsOf = (directives: readonly ConstDirectiveNode[]) => [
    ...new Set(
      directives.flatMap((directive) => {
        const name = names.get(argument(directive, 'graph') ?? '');
        return name === undefined || argument(directive, 'external') === 'true' ? [] : [name];
      }),
    ),
  ];
  const types = Object.values(api.getTypeMap()).flatMap((type) => {
    if (type.name.startsWith('__') || !(isObjectType(type) || isInterfaceType(type))) return [];
    const joined = directivesOf(schema.getType(type.name), 'join__type');
    const owners = graphsOf(joined);
    const inSupergraph = schema.getType(type.name);
    if (!isObjectType(inSupergraph) && !isInterfaceType(inSupergraph)) return [];
    return {
      name: type.name,
      kind: isObjectType(type) ? ('object' as const) : ('interface' as const),
      isEntity: joined.some((directive) => argument(directive, 'key') !== undefined),
      implements: type.getInterfaces().map(({ name }) => name),
      subgraphs: owners,
      fields: Object.values(type.getFields()).map((field) => {
        const own = (inSupergraph.getFields()[field.name]?.astNode?.directives ?? []).filter(
          ({ name }) => name.value === 'join__field',
        );
        const given = graphsOf(own);
        return {
          name: field.name,
          type: getNamedType(field.type).name,
          subgraphs: given.length ? given : owners,
        };
      }),
    };
  });
  return { subgraphs: subgraphs.map(({ name }) => name), types };
}

/** As composition makes the name of a subgraph a value of an enum. */
const enumName = (name: string) => name.toUpperCase().replace(/[^A-Z0-9_]/g, '_');

function directivesOf(type: GraphQLNamedType | undefined, name: string): ConstDirectiveNode[] {
  const nodes = [type?.astNode, ...(type?.extensionASTNodes ?? [])];
  return nodes.flatMap((node) =>
    (node?.directives ?? []).filter((directive) => directive.name.value === name),
  );
}

function argument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((each) => each.name.value === name)?.value;
  if (!value || !('value' in value)) return undefined;
  return String(value.value);
}
