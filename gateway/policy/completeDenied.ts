import {
  executeSync,
  GraphQLError,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import { MAX_ERRORS } from '../execution/shorten.ts';
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
  const errorAt = createErrors();
  const { data: completed, errors } = executeSync({
    schema,
    document,
    operationName,
    variableValues: variables,
    rootValue: data,
    fieldResolver(source, _arguments, _context, { fieldNodes, path }) {
      for (const node of fieldNodes) {
        const why = denied.get(node);
        if (why) throw errorAt(why, path);
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

/**
 * Errors that know their path: to those that do not, graphql-js adds the place in the text, at half a millisecond
 * each. Beyond those that an answer lists, one stands for all, so that long lists of denied fields cost nothing.
 */
function createErrors() {
  let made = 0;
  let last: GraphQLError | undefined;
  return ({ coordinate, unmet }: DeniedField, path: ResponsePath): GraphQLError => {
    if (last && made > MAX_ERRORS) return last;
    made += 1;
    const message = `You may not read ${coordinate}: it takes ${unmet.map(describe).join(', and ')}.`;
    last = new GraphQLError(message, {
      path: pathToArray(path),
      extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
    });
    return last;
  };
}

type ResponsePath = GraphQLResolveInfo['path'];

function pathToArray(path: ResponsePath): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let step: ResponsePath | undefined = path; step; step = step.prev) keys.unshift(step.key);
  return keys;
}
