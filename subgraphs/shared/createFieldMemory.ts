import type { FieldNode, GraphQLResolveInfo } from 'graphql';

interface Made<TValue> extends Pick<GraphQLResolveInfo, 'variableValues' | 'parentType'> {
  value: TValue;
}

/** Gives what is made of a field's arguments, which is made once for all parents that have the field. */
export type FieldMemory<TValue> = (info: GraphQLResolveInfo, make: () => TValue) => TValue;

/**
 * Makes a memory for one client request. An executor that keeps what it compiled gives the same nodes
 * to operations with other variables: those count as other fields.
 */
export function createFieldMemory<TValue>(): FieldMemory<TValue> {
  const known = new WeakMap<readonly FieldNode[], Made<TValue>>();
  return ({ fieldNodes, variableValues, parentType }, make) => {
    const made = known.get(fieldNodes);
    if (made?.variableValues === variableValues && made.parentType === parentType) {
      return made.value;
    }
    const value = make();
    known.set(fieldNodes, { variableValues, parentType, value });
    return value;
  };
}
