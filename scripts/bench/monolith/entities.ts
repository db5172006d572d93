import {
  Kind,
  type DefinitionNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
} from 'graphql';
import type { Subgraph } from '../../../subgraphs/shared/subgraph.ts';
import type { Homes } from './homes.ts';

/** The contexts of all subgraphs, by name. */
export type Context = Record<string, unknown>;
export type Resolve<TContext = Context> = GraphQLFieldResolver<unknown, TContext>;

/** An entity as subgraphs name it to each other. */
type Reference = Record<string, unknown>;

type ResolveReference = (
  reference: Reference,
  context: unknown,
  info: GraphQLResolveInfo,
) => unknown;

/** How entities pass from one subgraph to another; each function is made once for a type. */
export interface Entities {
  isEntity(typeName: string): boolean;
  /** The field of its key, where its home has it. */
  keyField(typeName: string): GraphQLField<unknown, unknown> | undefined;
  /** Names values of `subgraph` by their key. */
  referrer(
    typeName: string,
    subgraph: Subgraph,
  ): (value: unknown, context: Context, info: GraphQLResolveInfo) => Reference;
  /** Gives what a reference is to a subgraph. */
  loader(
    typeName: string,
    subgraph: Subgraph,
  ): (reference: Reference, context: Context, info: GraphQLResolveInfo) => unknown;
}

/** The field of a type's `@key`, of which every entity of ours has one. */
function keyOf(definition: DefinitionNode | undefined): string | undefined {
  if (
    definition?.kind !== Kind.OBJECT_TYPE_DEFINITION &&
    definition?.kind !== Kind.INTERFACE_TYPE_DEFINITION
  ) {
    return undefined;
  }
  const key = definition.directives?.find(({ name }) => name.value === 'key');
  const fields = key?.arguments?.find(({ name }) => name.value === 'fields')?.value;
  return fields?.kind === Kind.STRING ? fields.value : undefined;
}

const isResolveReference = (value: unknown): value is ResolveReference =>
  typeof value === 'function';

/** Where @apollo/subgraph keeps the resolver `__resolveReference` of a type. */
function resolveReferenceOf(extensions: Readonly<Record<string, unknown>>): ResolveReference {
  const { apollo } = extensions as { apollo?: { subgraph?: { resolveReference?: unknown } } };
  const resolve = apollo?.subgraph?.resolveReference;
  return isResolveReference(resolve) ? resolve : (reference) => reference;
}

const isReference = (value: unknown): value is Reference =>
  typeof value === 'object' && value !== null;

/** Reads keys and `__resolveReference` of all entities. */
export function createEntities({ homeOf, typeIn }: Homes): Entities {
  const keyFieldOf = (typeName: string) => {
    const { definitions } = homeOf(typeName).typeDefs;
    return keyOf(definitions.find((node) => 'name' in node && node.name?.value === typeName));
  };
  return {
    keyField: (typeName) =>
      typeIn(homeOf(typeName), typeName)?.getFields()[keyFieldOf(typeName) ?? ''],
    isEntity: (typeName) => keyFieldOf(typeName) !== undefined,
    referrer(typeName, subgraph) {
      const key = keyFieldOf(typeName) ?? '';
      const resolve = typeIn(subgraph, typeName)?.getFields()[key]?.resolve;
      const read: Resolve<unknown> =
        resolve ?? ((value) => (isReference(value) ? value[key] : undefined));
      return (value, context, info) => ({
        __typename: typeName,
        // A key is a plain field of its row: it does not look at the place where it is asked.
        [key]: read(value, {}, context[subgraph.name], info),
      });
    },
    loader(typeName, subgraph) {
      const resolve = resolveReferenceOf(typeIn(subgraph, typeName)?.extensions ?? {});
      return (reference, context, info) => resolve(reference, context[subgraph.name], info);
    },
  };
}
