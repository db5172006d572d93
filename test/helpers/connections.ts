import { readFileSync } from 'node:fs';
import {
  buildSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
} from 'graphql';
import { ask } from './ask.ts';
import type { Answer, startGraph } from './graph.ts';
import type { Hub } from './hub.ts';

/** The schema that clients see. */
export const schema = buildSchema(
  readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'),
);

/** A field of the API that gives a connection: a list, of everything or of one parent. */
export interface List {
  /** `Query.campaigns`, `Organization.campaigns`. */
  title: string;
  /** The type of the parent; `Query` for a list of everything. */
  parent: string;
  field: string;
  /** The type of the records. */
  of: string;
  args: readonly GraphQLArgument[];
}

type GraphError = NonNullable<Answer['errors']>[number];
type Composite = GraphQLObjectType | GraphQLInterfaceType;
type Field = GraphQLField<unknown, unknown>;

const composites: Composite[] = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type) || isInterfaceType(type))
  .filter(({ name }) => !name.startsWith('__'));

const isConnection = ({ type }: Field) => getNamedType(type).name.endsWith('Connection');

/** The types of an interface have its lists, and no others: see the test of pagination. */
const isOfInterface = (type: Composite) => type.getInterfaces().length > 0;

export const listsOf = (type: Composite): List[] =>
  Object.values(type.getFields())
    .filter(isConnection)
    // The audit trail is not for everybody: its own tests ask for it.
    .filter(({ type }) => getNamedType(type).name !== 'AuditEntryConnection')
    .map((field) => ({
      title: `${type.name}.${field.name}`,
      parent: type.name,
      field: field.name,
      of: getNamedType(field.type).name.replace(/Connection$/, ''),
      args: field.args,
    }));

/** Every list of the API. */
export const lists: List[] = composites.filter((type) => !isOfInterface(type)).flatMap(listsOf);

/** Types that implement an interface, with the interface. */
export const implementations = composites.flatMap((type) =>
  type.getInterfaces().map((parent) => ({ type, parent })),
);

/** The root field that finds one record of a type by its id. */
export function rootFieldOf(type: string): string {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  const found = fields.find((field) => String(field.type) === type && field.args[0]?.name === 'id');
  if (!found) throw new Error(`no root field finds one ${type}`);
  return found.name;
}

/** An operation for a list: its arguments are the variables, and `id` is the parent. */
export function listQuery({ parent, field, args }: List, selection: string): string {
  const isRoot = parent === 'Query';
  const declared = [
    ...(isRoot ? [] : ['$id: ID!']),
    ...args.map(({ name, type }) => `$${name}: ${String(type)}`),
  ];
  const list = `list: ${field}(${args.map(({ name }) => `${name}: $${name}`).join(', ')}) ${selection}`;
  const body = isRoot ? list : `parent: ${rootFieldOf(parent)}(id: $id) { ${list} }`;
  return `query (${declared.join(', ')}) { ${body} }`;
}

type Graph = Pick<Awaited<ReturnType<typeof startGraph>>, 'execute'>;

/**
 * Asks all lists, each with the same paging arguments; gives the error of each by its title. The
 * lists of parents go in one request; those of everything fail as a whole, so each has its own.
 */
export async function askForErrors(
  graph: Graph,
  hub: Hub,
  page: Record<string, unknown>,
): Promise<Map<string, GraphError | undefined>> {
  const arguments_ = 'first: $first, after: $after, last: $last, before: $before';
  const declared = '($first: Int, $after: String, $last: Int, $before: String)';
  const fieldOf = ({ field }: List) => `${field}(${arguments_}) { nodes { id } }`;
  const found = new Map<string, GraphError | undefined>();
  for (const list of lists.filter(({ parent }) => parent === 'Query')) {
    const { errors } = await graph.execute(`query ${declared} { ${fieldOf(list)} }`, page);
    found.set(list.title, errors?.[0]);
  }
  const ofParents = lists.filter(({ parent }) => parent !== 'Query');
  const parts = ofParents.map((list, index) => {
    const parent = `${rootFieldOf(list.parent)}(id: "${hub[list.parent as keyof Hub]}")`;
    return `p${index}: ${parent} { ${fieldOf(list)} }`;
  });
  const { errors } = await graph.execute(`query ${declared} { ${parts.join('\n')} }`, page);
  for (const [index, { title }] of ofParents.entries()) {
    found.set(
      title,
      errors?.find(({ path }) => path?.[0] === `p${index}`),
    );
  }
  return found;
}

/** A page of a list as the tests ask for it. */
export interface Page<TNode> {
  edges: { cursor: string; node: TNode }[];
  nodes: TNode[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
  totalCount: number;
}

const pageOf = (node: string) => `{
  edges { cursor node ${node} } nodes ${node} totalCount
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
}`;

/** Asks for one page of a list of everything, or of the hub; `node` selects of each record. */
export async function askPage<TNode = { id: string }>(
  graph: Graph,
  list: List,
  hub: Hub,
  variables: Record<string, unknown>,
  node = '{ id }',
): Promise<Page<TNode>> {
  type Answer = { list: Page<TNode> } | { parent: { list: Page<TNode> } };
  const id = hub[list.parent as keyof Hub];
  const answer = await ask<Answer>(graph, listQuery(list, pageOf(node)), { id, ...variables });
  return 'parent' in answer ? answer.parent.list : answer.list;
}

/** Asks for several pages of a list in one request. */
export const askPages = <TNode = { id: string }>(
  graph: Graph,
  list: List,
  hub: Hub,
  variants: readonly Record<string, unknown>[],
  node = '{ id }',
): Promise<Page<TNode>[]> => askVariants(graph, list, hub, variants, pageOf(node));

/** Asks a list many times in one request, each time with other arguments. */
export async function askVariants<TList>(
  graph: Graph,
  { parent, field, args }: List,
  hub: Hub,
  variants: readonly Record<string, unknown>[],
  selection: string,
): Promise<TList[]> {
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  const fields = variants.map((variant, index) => {
    const given = args.filter(({ name }) => variant[name] !== undefined);
    for (const { name, type } of given) {
      declared.push(`$${name}${index}: ${String(type)}`);
      variables[`${name}${index}`] = variant[name];
    }
    const values = given.map(({ name }) => `${name}: $${name}${index}`).join(', ');
    return `v${index}: ${field}${values && `(${values})`} ${selection}`;
  });
  const isRoot = parent === 'Query';
  const body = isRoot
    ? fields.join('\n')
    : `parent: ${rootFieldOf(parent)}(id: "${hub[parent as keyof Hub]}") { ${fields.join('\n')} }`;
  const head = declared.length ? `query (${declared.join(', ')})` : 'query';
  type Answers = Record<string, TList>;
  const answer = await ask<Answers | { parent: Answers }>(graph, `${head} { ${body} }`, variables);
  const answers = (isRoot ? answer : answer['parent']) as Answers;
  return variants.map((_variant, index) => answers[`v${index}`] as TList);
}

/** Every value of a list's `sort`, as a variable; one without where it has no such argument. */
export function sortsOf({ args }: List): { sort?: unknown }[] {
  const sort = args.find(({ name }) => name === 'sort');
  const type = sort && getNamedType(sort.type);
  if (!type) return [{}];
  if ('getValues' in type) return type.getValues().map(({ name }) => ({ sort: name }));
  if (type.name !== 'OrganizationSort') throw new Error(`${type.name} is new to the tests`);
  return ['NAME', 'LEVEL', 'KIND'].flatMap((field) =>
    ['ASC', 'DESC'].map((direction) => ({ sort: { field, direction } })),
  );
}
