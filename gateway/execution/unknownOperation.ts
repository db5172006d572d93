import { GraphQLError, Kind, type DocumentNode } from 'graphql';

/** The error of a request that does not say which operation of its document to run, or names none of them. */
export function unknownOperation({ definitions }: DocumentNode): GraphQLError {
  const names = definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .map(({ name }) => name?.value ?? '(one without a name)');
  return new GraphQLError(
    `Say in "operationName" which operation of the document to run: ${names.join(', ')}.`,
    { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } },
  );
}
