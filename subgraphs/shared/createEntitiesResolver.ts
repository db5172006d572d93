import {
  defaultTypeResolver,
  isInterfaceType,
  isObjectType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import { entityKeys, hasKey, type EntityKey } from './entityKeys.ts';
import { badUserInput } from './errors.ts';
import { isRecord } from './isRecord.ts';

interface Representation {
  __typename: string;
}

/** A type that can be asked for by a key. */
interface Entity {
  type: GraphQLObjectType | GraphQLInterfaceType;
  keys: readonly EntityKey[];
  resolveReference: ResolveReference | undefined;
}

type ResolveReference = (
  reference: Representation,
  context: unknown,
  info: GraphQLResolveInfo,
) => unknown;

/**
 * Makes the resolver of `_entities`, by each type's `__resolveReference`: it does what Apollo's does, without
 * its chain of promises for every representation. An entity that can't be had is an error of its own. One
 * without a key is refused before it is asked for: in the database it could spoil the batch for the others.
 */
export function createEntitiesResolver(schema: GraphQLSchema) {
  const entities = readEntities(schema);

  return function resolveEntities(
    _parent: unknown,
    { representations }: { representations: readonly unknown[] },
    context: unknown,
    info: GraphQLResolveInfo,
  ): unknown[] {
    return representations.map((representation) => {
      try {
        if (!isRepresentation(representation)) {
          throw badUserInput('A representation must be an object with a "__typename".');
        }
        const { __typename } = representation;
        const found = entities.get(__typename);
        if (!found) throw badUserInput(`There are no entities of the type "${__typename}" here.`);
        const { type, keys, resolveReference } = found;
        if (!keys.some((key) => hasKey(representation, key))) throw missingKey(found);
        const entity = resolveReference
          ? resolveReference(representation, context, info)
          : representation;
        const named = (value: unknown) => withTypename(value, type, context, info);
        return entity instanceof Promise ? entity.then(named) : named(entity);
      } catch (error) {
        return error;
      }
    });
  };
}

const isRepresentation = (value: unknown): value is Representation =>
  isRecord(value) && typeof value['__typename'] === 'string';

function missingKey({ type, keys }: Entity) {
  const named = keys.map((key) => key.map(({ name }) => `"${name}"`).join(' and '));
  return badUserInput(
    `An entity of the type "${type.name}" is asked for by ${named.join(', or by ')}, with a value each.`,
  );
}

function readEntities(schema: GraphQLSchema): ReadonlyMap<string, Entity> {
  const entities = new Map<string, Entity>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    const keys = entityKeys(type);
    if (!keys.length) continue;
    entities.set(type.name, { type, keys, resolveReference: resolverOf(type) });
  }
  return entities;
}

/** Where Apollo's schema builder keeps `__resolveReference`. */
function resolverOf({ extensions }: Entity['type']): ResolveReference | undefined {
  const { apollo } = extensions as {
    apollo?: { subgraph?: { resolveReference?: ResolveReference } };
  };
  return apollo?.subgraph?.resolveReference;
}

/** The entity with the name of its type, by which GraphQL tells it in the union of all entities. */
function withTypename(
  entity: unknown,
  type: Entity['type'],
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
