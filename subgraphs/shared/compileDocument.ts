import { MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  defaultTypeResolver,
  execute,
  getOperationAST,
  GraphQLInterfaceType,
  GraphQLUnionType,
  isObjectType,
  OperationTypeNode,
  visit,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLAbstractType,
  type GraphQLError,
  type GraphQLSchema,
  type GraphQLTypeResolver,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';

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
 * Makes the compiler of a schema's documents. Queries are compiled by graphql-jit, which takes a fraction of
 * graphql-js's time. What it is known to do otherwise is left to graphql-js: mutations, conditions,
 * `isTypeOf`, and objects whose type can't be told at once (for it they would be null, and a request whose
 * `resolveType` throws would never end). Objects that resolvers return must be plain: their fields hold
 * values, neither functions nor promises.
 */
export function createDocumentCompiler(schema: GraphQLSchema): CompileDocument {
  const isFit = !Object.values(schema.getTypeMap()).some(
    (type) => isObjectType(type) && type.isTypeOf,
  );
  const jitSchema = withSafeTypeResolvers(schema);
  return (document, operationName) => {
    const interpreted: ExecuteDocument = (contextValue, variableValues) =>
      execute({ schema, document, operationName, contextValue, variableValues });
    if (!isFit || !isUnconditionalQuery(document, operationName)) return interpreted;
    const compiled = compileQuery(jitSchema, document, operationName ?? undefined);
    if (!isCompiledQuery(compiled)) return interpreted;

    let isSafe = true;
    return async (contextValue, variableValues) => {
      if (isSafe) {
        const result = await compiled.query(undefined, contextValue, variableValues);
        if (!result.errors?.some(tellsOfUnresolvedType)) return result;
        isSafe = false;
      }
      return interpreted(contextValue, variableValues);
    };
  };
}

function isUnconditionalQuery(document: DocumentNode, operationName?: string | null): boolean {
  if (getOperationAST(document, operationName)?.operation !== OperationTypeNode.QUERY) return false;
  let hasDirectives = false;
  visit(document, { Directive: () => void (hasDirectives = true) });
  return !hasDirectives;
}

/** Stands for the name of a type that can't be told at once; no type can have it. */
const UNRESOLVED = '(unresolved)';

const tellsOfUnresolvedType = ({ message }: GraphQLError) =>
  message.startsWith(`Runtime Object type "${UNRESOLVED}"`);

/** The same schema, with type resolvers that neither throw nor give anything but a name. */
function withSafeTypeResolvers(schema: GraphQLSchema): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.UNION_TYPE]: (type) =>
      new GraphQLUnionType({ ...type.toConfig(), resolveType: safeTypeResolver(type) }),
    [MapperKind.INTERFACE_TYPE]: (type) =>
      new GraphQLInterfaceType({ ...type.toConfig(), resolveType: safeTypeResolver(type) }),
  });
}

/** What can't be told at once is asked for once more by graphql-js, which can wait, and locates errors. */
function safeTypeResolver(type: GraphQLAbstractType): GraphQLTypeResolver<unknown, unknown> {
  const resolveType = type.resolveType ?? defaultTypeResolver;
  return (value, context, info) => {
    try {
      const found = resolveType(value, context, info, type);
      if (typeof found === 'string') return found;
      if (found instanceof Promise) found.catch(() => {});
    } catch {
      // See above.
    }
    return UNRESOLVED;
  };
}
