import { GraphQLError, type ASTVisitor, type ValidationContext } from 'graphql';

/** Validation's own rules leave it to execution to find that a schema has no subscriptions, or no mutations. */
export function KnownOperationTypes(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(node) {
      if (context.getSchema().getRootType(node.operation)) return undefined;
      context.reportError(
        new GraphQLError(`There is no ${node.operation} here: ask by a query.`, { nodes: node }),
      );
      return false;
    },
  };
}
