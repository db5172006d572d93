import {
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import type { DocumentStore } from './createDocumentStore.ts';
import { KnownOperationTypes } from './KnownOperationTypes.ts';

/**
 * Parses a client's document that does not go through Apollo's server, unless it is known to be valid.
 * Throws what that server would answer where it is no good.
 */
export function parseOperation(
  text: string,
  schema: GraphQLSchema,
  { documents, introspection = true }: { documents?: DocumentStore; introspection?: boolean } = {},
): DocumentNode {
  const known = documents?.find(text);
  if (known) return known;
  const document = parsed(text);
  const rules = introspection
    ? specifiedRules
    : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const [fault] = validate(schema, document, [...rules, KnownOperationTypes]);
  if (fault) throw withCode(fault, 'GRAPHQL_VALIDATION_FAILED');
  return document;
}

function parsed(text: string): DocumentNode {
  try {
    return parse(text);
  } catch (error) {
    throw error instanceof GraphQLError ? withCode(error, 'GRAPHQL_PARSE_FAILED') : error;
  }
}

const withCode = (error: GraphQLError, code: string) =>
  new GraphQLError(error.message, { ...error, extensions: { code } });
