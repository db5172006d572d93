import {
  operationFromDocument,
  Supergraph as ComposedSupergraph,
} from '@apollo/federation-internals';
import { QueryPlanner, type QueryPlan } from '@apollo/query-planner';
import {
  executeSync,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Supergraph } from '../supergraph/readSupergraph.ts';
import type { Transport, TransportLog } from '../transport/Transport.ts';
import { Answer } from './Answer.ts';
import { compileOperation } from './compileOperation.ts';
import { createOperationCache } from './createOperationCache.ts';
import type { Run } from './Run.ts';
import { createTypeCondition } from './TypeCondition.ts';
import { unknownOperation } from './unknownOperation.ts';

/** A client's operation, parsed and valid. */
export interface OperationRequest {
  document: DocumentNode;
  operationName?: string | undefined;
  variables: Readonly<Record<string, unknown>>;
  /** The client's request: the same object for all of its fetches. */
  clientRequest: object;
  /** Aborted when the client goes away. */
  signal?: AbortSignal | undefined;
}

/** The answer to an operation. Without `data` it was refused before anything was asked. */
export interface OperationResult {
  /** The data as JSON text; `null` when null bubbled to the top. */
  data?: string;
  errors: readonly GraphQLError[];
  plan?: QueryPlan;
}

/** Plans operations over one supergraph and carries the plans out. */
export interface Executor {
  /** The schema that clients see. */
  schema: GraphQLSchema;
  /** Never rejects for what a client asks or a subgraph does. */
  execute(request: OperationRequest): Promise<OperationResult>;
}

export interface ExecutorSettings {
  supergraph: Supergraph;
  /** One for each subgraph, by name. */
  transports: ReadonlyMap<string, Transport>;
  log: TransportLog;
  /** How many compiled operations are kept. */
  cachedOperations?: number;
}

/**
 * Makes the executor of a supergraph. Each operation is planned by Apollo's planner and compiled once:
 * what it sends to subgraphs, how their answers merge, how the answer is written. Throws when the
 * supergraph can't be planned for.
 */
export function createExecutor({
  supergraph,
  transports,
  log,
  cachedOperations = 1_000,
}: ExecutorSettings): Executor {
  const composed = ComposedSupergraph.build(supergraph.sdl);
  const planner = new QueryPlanner(composed);
  const apiSchema = composed.apiSchema();
  const schema = apiSchema.toGraphQLJSSchema();
  const compiler = {
    schema: supergraph.schema,
    transports,
    meets: createTypeCondition(supergraph.schema),
    log,
  };

  const compile = (document: DocumentNode, operation: OperationDefinitionNode) => {
    const operationName = operation.name?.value;
    const parsed = operationFromDocument(apiSchema, document, { operationName, validate: false });
    const plan = planner.buildQueryPlan(parsed);
    return compileOperation({ schema, document, operation, plan }, compiler);
  };
  const compiled = createOperationCache(cachedOperations, compile);

  return {
    schema,
    async execute({ document, operationName, variables, clientRequest, signal }) {
      const operation = getOperationAST(document, operationName);
      if (!operation) return refused(unknownOperation(document));
      const { coerced, errors: wrong } = getVariables(schema, operation, variables);
      if (wrong) return { errors: wrong };

      const prepared = compiled(document, operation);
      const run: Run = {
        data: {},
        errors: [],
        variables,
        coerced,
        clientRequest,
        signal,
      };
      const { write, introspection, isAnswerable } = prepared.answerFor(coerced);
      if (!prepared.plan.node && !isAnswerable) return refused(unanswerable());
      await prepared.carryOut(run);
      const aboutSchema = introspection ? introspect(schema, introspection, variables) : {};
      const answer = new Answer(run.errors, aboutSchema);
      const data = write(run.data, answer);
      return { data, errors: answer.errors, plan: prepared.plan };
    },
  };
}

const refused = (error: GraphQLError): OperationResult => ({ errors: [error] });

function getVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
) {
  const { coerced = {}, errors } = getVariableValues(schema, variableDefinitions, given);
  return {
    coerced,
    errors: errors?.map(
      (error) =>
        new GraphQLError(error.message, {
          nodes: error.nodes,
          extensions: { code: 'BAD_USER_INPUT' },
        }),
    ),
  };
}

const unanswerable = () =>
  new GraphQLError(
    'No subgraph can be asked for these fields: the supergraph gives no way to reach them. Tell the operator of this service.',
    { extensions: { code: 'OPERATION_NOT_PLANNABLE' } },
  );

function introspect(
  schema: GraphQLSchema,
  document: DocumentNode,
  variableValues: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const { data } = executeSync({ schema, document, variableValues, rootValue: {} });
  return { ...data };
}
