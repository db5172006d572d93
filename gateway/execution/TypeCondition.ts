import { isAbstractType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';

/** Tells whether an object of a type meets a type condition, by the supergraph's own types. */
export type TypeCondition = (typename: unknown, condition: string) => boolean;

/** Makes the test for a supergraph; each pair is looked up once. */
export function createTypeCondition(schema: GraphQLSchema): TypeCondition {
  const known = new Map<string, Map<string, boolean>>();
  return (typename, condition) => {
    if (typename === condition) return true;
    if (typeof typename !== 'string') return false;
    const ofCondition = known.get(condition) ?? new Map<string, boolean>();
    known.set(condition, ofCondition);
    const holds = ofCondition.get(typename) ?? isSubtype(schema, typename, condition);
    // What a subgraph calls a type is not ours to remember without end.
    if (schema.getType(typename)) ofCondition.set(typename, holds);
    return holds;
  };
}

function isSubtype(schema: GraphQLSchema, typename: string, condition: string): boolean {
  const type = schema.getType(typename);
  const abstract = schema.getType(condition);
  if (!isAbstractType(abstract)) return false;
  return (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(abstract, type);
}
