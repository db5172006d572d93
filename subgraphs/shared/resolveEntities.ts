import {
  defaultTypeResolver,
  GraphQLError,
  isInterfaceType,
  isObjectType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
} from 'graphql';

interface Representation {
  __typename: string;
}

type EntityType = GraphQLObjectType | GraphQLInterfaceType;

type ResolveReference = (
  reference: Representation,
  context: unknown,
  info: GraphQLResolveInfo,
) => unknown;

/**
 * Resolver of `_entities`, by each type's `__resolveReference`: what Apollo's does, without its chain of
 * promises for every representation. An entity that can't be had is an error of its own.
 */
export function resolveEntities(
  _parent: unknown,
  { representations }: { representations: readonly Representation[] },
  context: unknown,
  info: GraphQLResolveInfo,
): unknown[] {
  return representations.map((representation) => {
    try {
      const type = info.schema.getType(representation.__typename);
      if (!isObjectType(type) && !isInterfaceType(type)) throw unknownEntity(representation);
      const resolveReference = resolverOf(type);
      const entity = resolveReference
        ? resolveReference(representation, context, info)
        : representation;
      const named = (value: unknown) => withTypename(value, type, context, info);
      return entity instanceof Promise ? entity.then(named) : named(entity);
    } catch (error) {
      return error;
    }
  });
}

const unknownEntity = ({ __typename }: Representation) =>
  new GraphQLError(`There are no entities of the type "${__typename}" here.`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });

/** Where Apollo's schema builder keeps `__resolveReference`. */
function resolverOf({ extensions }: EntityType): ResolveReference | undefined {
  const { apollo } = extensions as {
    apollo?: { subgraph?: { resolveReference?: ResolveReference } };
  };
  return apollo?.subgraph?.resolveReference;
}

/** The entity with the name of its type, by which GraphQL tells it in the union of all entities. */
function withTypename(
  entity: unknown,
  type: EntityType,
  context: unknown,
  info: GraphQLResolveInfo,
): unknown {
  if (typeof entity !== 'object' || entity === null) return entity;
  const resolveType = isInterfaceType(type) ? (type.resolveType ?? defaultTypeResolver) : undefined;
  const typename = resolveType
    ? resolveType(entity, context, info, type as GraphQLInterfaceType)
    : type.name;
  const known: unknown = Reflect.get(entity, '__typename');
  if (known === typename) return entity;
  if (known !== undefined) return { ...entity, __typename: typename };
  // Not among what is listed of it, lest it be taken for a stored field.
  return Object.defineProperty(entity, '__typename', { value: typename });
}
