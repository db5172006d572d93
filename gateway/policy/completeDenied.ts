import {
  executeSync,
  GraphQLError,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { isRecord } from '../../subgraphs/shared/isRecord.ts';
import { describe } from './Condition.ts';
import type { DeniedField, RestrictedOperation } from './restrictOperation.ts';

/** The operation as the client sent it. */
export interface WholeOperation {
  /** The schema that clients see. */
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName?: string | undefined;
  variables: Readonly<Record<string, unknown>>;
}

/**
 * The answer to the whole operation, of the answer to what was left of it: each field that was denied is null
 * and has an error, with null rising where none may be. GraphQL's reference implementation writes it, over
 * data that are there already: so fragments, conditions and paths are as the specification says.
 */
export function completeDenied(
  { schema, document, operationName, variables }: WholeOperation,
  { denied, typeName }: RestrictedOperation,
  data: unknown,
): ExecutionResult {
  const { data: completed, errors } = executeSync({
    schema,
    document,
    operationName,
    variableValues: variables,
    rootValue: data,
    fieldResolver(source, _arguments, _context, { fieldNodes, path }) {
      for (const node of fieldNodes) {
        const why = denied.get(node);
        if (why) throw toError(why);
      }
      return isRecord(source) ? source[path.key] : undefined;
    },
    typeResolver: (value) => (isRecord(value) ? String(value[typeName]) : undefined),
  });
  // Nothing is begun only where variables are wrong.
  return completed === undefined
    ? { errors: errors?.map(({ message, nodes }) => badUserInput(message, nodes)) }
    : { data: completed, errors };
}

const badUserInput = (message: string, nodes: GraphQLError['nodes']) =>
  new GraphQLError(message, { nodes, extensions: { code: 'BAD_USER_INPUT' } });

function toError({ coordinate, unmet }: DeniedField): GraphQLError {
  return new GraphQLError(
    `You may not read ${coordinate}: it takes ${unmet.map(describe).join(', and ')}.`,
    { extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } },
  );
}
