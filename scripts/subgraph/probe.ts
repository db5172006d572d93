import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  Kind,
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';

type Field = GraphQLField<unknown, unknown>;

/** A query through the whole graph that asks for fields of one subgraph. */
export interface Probe {
  query: string;
  /** The fields that it asks for, such as `Organization.reports`. */
  fields: string[];
  /** Object types that it wants to meet where several are possible. */
  types: Set<string>;
}

const MOST_FIELDS = 20;
const LEAVES = 4;

/**
 * Writes a query that reaches the fields which the SDL of a subgraph defines, by the shortest ways that need no
 * other argument than an id. Without any, undefined.
 * @param api What clients see of the whole graph.
 */
export function createProbe(
  typeDefs: DocumentNode,
  api: GraphQLSchema,
  ids: ReadonlyMap<string, string>,
): Probe | undefined {
  const ways = findWays(api, ids);
  const probed = fieldsOf(typeDefs, api)
    .flatMap(({ owner, field }) => {
      const way = ways.get(owner.name);
      const call = callOf(field, getNamedType(field.type).name, ids);
      return way && call !== undefined ? [{ owner, field, text: way(selection(field, call)) }] : [];
    })
    .slice(0, MOST_FIELDS);
  if (!probed.length) return undefined;
  return {
    query: `{ ${probed.map(({ text }, index) => `q${index}: ${text}`).join(' ')} }`,
    fields: probed.map(({ owner, field }) => `${owner.name}.${field.name}`),
    types: new Set(probed.map(({ owner }) => owner.name)),
  };
}

/** The fields that an SDL defines and clients see; those of a key are no news, but for want of others. */
function fieldsOf(
  { definitions }: DocumentNode,
  api: GraphQLSchema,
): { owner: GraphQLCompositeType; field: Field }[] {
  const all = definitions.flatMap((definition) => {
    if (
      definition.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      definition.kind !== Kind.OBJECT_TYPE_EXTENSION
    ) {
      return [];
    }
    const owner = api.getType(definition.name.value);
    if (!isObjectType(owner) && !isInterfaceType(owner)) return [];
    return (definition.fields ?? []).flatMap(({ name }) => {
      const field = owner.getFields()[name.value];
      return field && name.value !== 'id' ? [{ owner, field }] : [];
    });
  });
  return all.filter(({ owner }) => owner !== api.getMutationType());
}

type Way = (selection: string) => string;

/** For each type that can be reached, how a selection on it is put into a query. */
function findWays(api: GraphQLSchema, ids: ReadonlyMap<string, string>): Map<string, Way> {
  const query = api.getQueryType();
  const ways = new Map<string, Way>(query ? [[query.name, (text) => text]] : []);
  const pending: GraphQLCompositeType[] = query ? [query] : [];
  // The list grows while it is read.
  for (const type of pending) {
    const way = ways.get(type.name) ?? String;
    const reach = (next: GraphQLCompositeType, nextWay: Way) => {
      if (ways.has(next.name)) return;
      ways.set(next.name, nextWay);
      pending.push(next);
    };
    if (isAbstractType(type)) {
      for (const possible of api.getPossibleTypes(type)) {
        reach(possible, (text) => way(`... on ${possible.name} { ${text} }`));
      }
    }
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const next = getNamedType(field.type);
      const call = callOf(field, next.name, ids);
      if (call === undefined || !isCompositeType(next)) continue;
      const inside = (text: string) => way(`${call} { ${text} }`);
      reach(next, inside);
    }
  }
  return ways;
}

/** The field with the arguments that it must have; undefined when one of them is no id. */
function callOf(
  { name, args }: Field,
  typename: string,
  ids: ReadonlyMap<string, string>,
): string | undefined {
  const needed = args.filter(isRequiredArgument);
  if (needed.some(({ type }) => getNamedType(type).name !== 'ID')) return undefined;
  const id = JSON.stringify(ids.get(typename) ?? `${typename}-1`);
  const given = needed.map((argument) => `${argument.name}: ${id}`).join(', ');
  return given ? `${name}(${given})` : name;
}

/** The field with `__typename` and a few leaves below it. */
function selection(field: Field, call: string): string {
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return call;
  const below = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
  const leaves = below
    .filter((child) => isLeafType(getNamedType(child.type)) && !child.args.some(isRequiredArgument))
    .slice(0, LEAVES)
    .map(({ name }) => name);
  return `${call} { ${['__typename', ...leaves].join(' ')} }`;
}
