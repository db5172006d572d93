import { getNamedType, isObjectType, type GraphQLCompositeType, type GraphQLField } from 'graphql';

/* Relay's connections, https://relay.dev/graphql/connections.htm, by their form: no directive tells them. */

export const isConnection = (type: GraphQLCompositeType) =>
  isObjectType(type) && getNamedType(type.getFields()['pageInfo']?.type)?.name === 'PageInfo';

export const isEdge = (type: GraphQLCompositeType) =>
  isObjectType(type) && 'cursor' in type.getFields() && 'node' in type.getFields();

/** Whether a field is between a connection and its items: of no use in the names of columns. */
export const isPartOfConnection = (
  parent: GraphQLCompositeType,
  { name }: GraphQLField<unknown, unknown>,
) =>
  (isConnection(parent) && (name === 'nodes' || name === 'edges')) ||
  (isEdge(parent) && name === 'node');

/** Whether a connection tells the cursor of each of its items. */
export function hasCursors(connection: GraphQLCompositeType): boolean {
  if (!isObjectType(connection)) return false;
  const edge = getNamedType(connection.getFields()['edges']?.type);
  return isObjectType(edge) && isEdge(edge);
}
