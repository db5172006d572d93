import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  defaultFieldResolver,
  isInterfaceType,
  isObjectType,
  isUnionType,
  type DocumentNode,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import type { InProcessSubgraph } from '../../../gateway/transport/inProcess.ts';
import { createEntitiesResolver } from '../../../subgraphs/shared/createEntitiesResolver.ts';
import {
  concreteType,
  mockObject,
  mockValue,
  type MockObject,
  type MockSettings,
} from './mockValue.ts';

/**
 * A subgraph that answers with made-up data: any record that is asked for is there, the same id gives the same
 * values, and the fields of a representation are kept. Throws when the SDL is no subgraph's.
 */
export function createMock(
  name: string,
  typeDefs: DocumentNode,
  settings: MockSettings = {},
): InProcessSubgraph & { schema: GraphQLSchema } {
  const schema = buildSubgraphSchema({ typeDefs });
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || type.name === '_Service') continue;
    if (isInterfaceType(type) || isUnionType(type)) {
      type.resolveType = (value: { __typename: string }) => value.__typename;
    }
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.name !== '_service') field.resolve = createResolver(schema, settings);
    }
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    const resolveReference = ({ __typename: _, ...known }: Record<string, unknown>) => {
      const seed = JSON.stringify(known);
      const object = isObjectType(type) ? type : concreteType(type, seed, schema, settings);
      return mockObject(object, known, seed);
    };
    const { apollo = {} } = type.extensions as { apollo?: { subgraph?: object } };
    type.extensions = {
      ...type.extensions,
      apollo: { ...apollo, subgraph: { ...apollo.subgraph, resolveReference } },
    };
  }
  const entities = schema.getQueryType()?.getFields()['_entities'];
  if (entities) entities.resolve = createEntitiesResolver(schema);
  return { name, schema, createContext: () => ({}) };
}

/** Gives what the parent holds; else a value that follows from parent, field and arguments. */
function createResolver(
  schema: GraphQLSchema,
  settings: MockSettings,
): GraphQLFieldResolver<MockObject | undefined, unknown, Record<string, unknown>> {
  return (parent, given, context, info) => {
    const { fieldName, returnType } = info;
    if (parent && fieldName in parent) return defaultFieldResolver(parent, given, context, info);
    const seed = `${parent?.seed ?? 'Query'}.${fieldName}(${JSON.stringify(given)})`;
    const value = mockValue(returnType, seed, schema, settings);
    if (!isMockObject(value)) return value;
    // A record that is asked for by its id has that id.
    const type = schema.getType(value.__typename);
    const known = Object.entries(given).filter(
      ([name]) => isObjectType(type) && name in type.getFields(),
    );
    return isObjectType(type) && known.length
      ? mockObject(type, Object.fromEntries(known), seed)
      : value;
  };
}

const isMockObject = (value: unknown): value is MockObject =>
  typeof value === 'object' && value !== null && '__typename' in value;
