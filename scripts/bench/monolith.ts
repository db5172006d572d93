import { readFileSync } from 'node:fs';
import {
  buildSchema,
  defaultFieldResolver,
  getNamedType,
  isAbstractType,
  isObjectType,
  isScalarType,
  type GraphQLAbstractType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts';
import { createEntities, type Context, type Resolve } from './monolith/entities.ts';
import { createHomes } from './monolith/homes.ts';
import { ANYONE } from '../../subgraphs/shared/Viewer.ts';

const apiFile = new URL('../../schema/api.graphql', import.meta.url);

/** The whole graph as one schema without a gateway. */
export interface Monolith {
  schema: GraphQLSchema;
  /** What resolvers share during one client request. */
  createContext(): Context;
}

/**
 * Builds the graph that clients see over the resolvers and loaders of all subgraphs, as somebody
 * would write it who wants no federation: a value of an entity is always the row of the subgraph that
 * is its home, and null where that knows no such id.
 */
export function createMonolith(subgraphs: readonly Subgraph[]): Monolith {
  const schema = buildSchema(readFileSync(apiFile, 'utf8'));
  const homes = createHomes(schema, subgraphs);
  const { isEntity, keyField, loader, referrer } = createEntities(homes);

  /** Values as they come from `subgraph`, with each entity as its home has it. */
  function atHome(subgraph: Subgraph, type: GraphQLOutputType, resolve: Resolve): Resolve {
    const { name } = getNamedType(type);
    const home = homes.homeOf(name);
    if (!isEntity(name) || home === subgraph) return resolve;
    const refer = referrer(name, subgraph);
    const load = loader(name, home);
    const convert: Resolve = (value, given, context, info) => {
      if (value === null || value === undefined) return null;
      if (value instanceof Promise) {
        return value.then((resolved: unknown) => convert(resolved, given, context, info));
      }
      if (Array.isArray(value)) {
        return Promise.all(value.map((item: unknown) => convert(item, given, context, info)));
      }
      return load(refer(value, context, info), context, info);
    };
    return (parent, given, context, info) =>
      convert(resolve(parent, given, context, info), given, context, info);
  }

  const isAbroad = (subgraph: Subgraph, { name }: GraphQLObjectType) =>
    isEntity(name) && homes.homeOf(name) !== subgraph;

  /** What a subgraph adds to an entity gets the parent that this subgraph makes of a reference. */
  function abroad(subgraph: Subgraph, type: GraphQLObjectType, resolve: Resolve): Resolve {
    if (!isAbroad(subgraph, type)) return resolve;
    const refer = referrer(type.name, homes.homeOf(type.name));
    const load = loader(type.name, subgraph);
    return (parent, given, context, info) => {
      const own = load(refer(parent, context, info), context, info);
      const proceed = (value: unknown): unknown =>
        value === null ? null : resolve(value, given, context, info);
      return own instanceof Promise ? own.then(proceed) : proceed(own);
    };
  }

  function connectField(type: GraphQLObjectType, fieldName: string) {
    const field = type.getFields()[fieldName];
    const { subgraph, field: origin } = homes.originOf(type, fieldName);
    const { resolve } = origin;
    if (!field) return;
    const own: Resolve = resolve
      ? (parent, given, context, info) => resolve(parent, given, context[subgraph.name], info)
      : defaultFieldResolver;
    field.resolve = abroad(subgraph, type, atHome(subgraph, field.type, own));
    field.extensions = (isAbroad(subgraph, type) ? keyField(type.name) : origin)?.extensions ?? {};
  }

  /** What is noted of a type for those who read its rows: see `declareReads`. */
  function connectType(type: GraphQLObjectType | GraphQLAbstractType) {
    const home = homes.homeOf(type.name);
    type.extensions = home.schema.getType(type.name)?.extensions ?? {};
  }

  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isObjectType(type) || isAbstractType(type)) connectType(type);
    if (isObjectType(type)) {
      for (const fieldName of Object.keys(type.getFields())) connectField(type, fieldName);
    } else if (isAbstractType(type)) {
      const home = homes.homeOf(type.name);
      const origin = home.schema.getType(type.name);
      const resolveType = isAbstractType(origin) ? origin.resolveType : undefined;
      type.resolveType = (value, context: Context, info) =>
        resolveType?.(value, context[home.name], info, type);
    } else if (isScalarType(type)) {
      const origin = subgraphs.map((each) => each.schema.getType(type.name)).find(isScalarType);
      if (!origin) continue;
      type.serialize = origin.serialize;
      type.parseValue = origin.parseValue;
      type.parseLiteral = origin.parseLiteral;
    }
  }
  return {
    schema,
    createContext: () =>
      Object.fromEntries(subgraphs.map(({ name, createContext }) => [name, createContext(ANYONE)])),
  };
}
