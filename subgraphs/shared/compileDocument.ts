import {
  execute,
  getOperationAST,
  getVariableValues,
  OperationTypeNode,
  print,
  visit,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';
import { compileQuery, type RunQuery } from './compileQuery.ts';

type Variables = Readonly<Record<string, unknown>>;

/** Carries out one document. Never rejects for what a resolver does. */
export type ExecuteDocument = (
  contextValue: unknown,
  variableValues: Variables | undefined,
) => ExecutionResult | Promise<ExecutionResult>;

/** Compiles a document that is valid for the schema. */
export type CompileDocument = (
  document: DocumentNode,
  operationName?: string | null,
) => ExecuteDocument;

/**
 * Makes the compiler of a schema's documents. Queries become programs of their own, which take a fraction of
 * graphql-js's time. Whatever such a program does not know how to treat is carried out by graphql-js:
 * mutations and conditions always, and a query from when its data are first irregular.
 */
export function createDocumentCompiler(schema: GraphQLSchema): CompileDocument {
  return (document, operationName) => {
    const interpreted: ExecuteDocument = (contextValue, variableValues) =>
      execute({ schema, document, operationName, contextValue, variableValues });
    const operation = getOperationAST(document, operationName);
    let run = operation ? tryToCompile(schema, document, operation) : undefined;
    if (!operation || !run) return interpreted;

    const { variableDefinitions = [] } = operation;
    const checks = variableDefinitions.filter((definition) => !isOfRepresentations(definition));
    return async (contextValue, given = {}) => {
      if (!run) return interpreted(contextValue, given);
      const { coerced, errors } = getVariableValues(schema, checks, given);
      if (errors) return { errors };
      const representations = given['representations'];
      if (checks.length < variableDefinitions.length) {
        if (!areRepresentations(representations)) return interpreted(contextValue, given);
        coerced['representations'] = representations;
      }
      try {
        return await run(contextValue, coerced);
      } catch {
        // Loaders remember what they have read: little is done twice.
        run = undefined;
        return interpreted(contextValue, given);
      }
    };
  };
}

/** Whether a variable is the list of entities that a gateway asks about: of scalars without a form. */
const isOfRepresentations = ({ variable, type }: VariableDefinitionNode) =>
  variable.name.value === 'representations' && print(type) === '[_Any!]!';

const areRepresentations = (value: unknown): boolean =>
  Array.isArray(value) && value.every((each) => each !== null && each !== undefined);

function tryToCompile(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): RunQuery | undefined {
  let hasDirectives = false;
  visit(document, { Directive: () => void (hasDirectives = true) });
  if (operation.operation !== OperationTypeNode.QUERY || hasDirectives) return undefined;
  try {
    return compileQuery(schema, document, operation);
  } catch {
    return undefined;
  }
}
