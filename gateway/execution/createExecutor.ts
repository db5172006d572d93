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
  Kind,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Client } from '../policy/cost/Client.ts';
import type { Freshness } from '../policy/responses/Freshness.ts';
import type { ForwardedHeaders } from '../policy/forwardedHeaders.ts';
import type { Supergraph } from '../supergraph/readSupergraph.ts';
import type {
  SubgraphRequest,
  SubgraphResult,
  Transport,
  TransportLog,
} from '../transport/Transport.ts';
import type { Viewer } from '../../subgraphs/shared/Viewer.ts';
import { traced } from '../../subgraphs/shared/seen/tracing.ts';
import { Answer } from './Answer.ts';
import { AnswerErrors } from './AnswerErrors.ts';
import { AnswerTooLarge, answerTooLarge, DEFAULT_ANSWER_CHARACTERS } from './answerTooLarge.ts';
import { needsStream } from '../../subgraphs/shared/live/needsStream.ts';
import { overloaded } from '../../subgraphs/shared/load/overloaded.ts';
import { measureDocument } from '../../subgraphs/shared/limits/measureDocument.ts';
import {
  compileOperation,
  type CompiledVariant,
  type OperationCompiler,
} from './compileOperation.ts';
import { createOperationCache } from './createOperationCache.ts';
import { NoTurn, type PlanningTurns } from './createPlanningTurns.ts';
import type { Run } from './Run.ts';
import { separateRequirements } from './separateRequirements.ts';
import { createKeyTest } from './subgraphKeys.ts';
import { createTypeCondition } from './TypeCondition.ts';
import { unknownOperation } from './unknownOperation.ts';
import { withConcreteFragments } from './withConcreteFragments.ts';
import { OutOfTime } from './withinTime.ts';
import { withUsableKeys } from './withUsableKeys.ts';

/** A client's operation, parsed and valid. */
export interface OperationRequest {
  document: DocumentNode;
  operationName?: string | undefined;
  variables: Readonly<Record<string, unknown>>;
  /** Who asks. */
  viewer: Viewer;
  /** What the client's own headers pass on. */
  headers?: ForwardedHeaders | undefined;
  /** The client's request: the same object for all of its fetches. */
  clientRequest: object;
  /** Aborted when the client goes away. */
  signal?: AbortSignal | undefined;
  /** Where it comes from; undefined for what the gateway asks by itself. */
  client?: Client | undefined;
  /** Whether the client is shown the plan. */
  showsPlan?: boolean;
  /** By which subgraphs and logs know the client's request. */
  requestId?: string | undefined;
  /** Of a subscription: what its subgraph told, which is completed to an answer. Without it none is carried out. */
  event?: SubgraphResult | undefined;
}

/** The answer to an operation. Without `data` it was refused before anything was asked. */
export interface OperationResult {
  /** The data as JSON text; `null` when null bubbled to the top. */
  data?: string;
  errors: readonly GraphQLError[];
  /** What else the client is told. */
  extensions?: Record<string, unknown>;
  plan?: QueryPlan;
  /** What subgraphs brought, of which the data were written: by inner names, and perhaps more than was asked. */
  raw?: Readonly<Record<string, unknown>>;
  /** What it did cost, where that does not follow from `raw`. */
  cost?: number;
  /** Undefined where nobody but who asked may have the data. */
  freshness?: Freshness;
}

/** Carries out an operation. Never rejects for what a client asks or a subgraph does. */
export type ExecuteOperation = (request: OperationRequest) => Promise<OperationResult>;

/** Where the events of a subscription come from. */
export interface Source {
  subgraph: string;
  transport: Transport;
  request: SubgraphRequest;
}

/** Plans operations over one supergraph and carries the plans out. */
export interface Executor {
  /** The schema that clients see. */
  schema: GraphQLSchema;
  execute: ExecuteOperation;
  /** Where the events of a subscription come from. Throws a GraphQLError when it can't be carried out. */
  sourceOf(request: OperationRequest): Promise<Source>;
  /** Plans and compiles the operations of a document before anybody asks for them; says why it can't. */
  warmUp(document: DocumentNode): GraphQLError[];
}

export interface ExecutorSettings {
  supergraph: Supergraph;
  /** One for each subgraph, by name. */
  transports: ReadonlyMap<string, Transport>;
  log: TransportLog;
  /** How many compiled operations are kept. */
  cachedOperations?: number;
  /** Longer answers are refused. */
  mostCharacters?: number;
  /** Operations are planned and compiled in turns, and refused when that takes too long; without them none is. */
  turns?: PlanningTurns;
  watch?: PlanWatch | undefined;
}

/** Told of each operation whether its plan was known, or how long it took to plan and compile it. */
export interface PlanWatch {
  found(): void;
  made(ms: number): void;
}

/**
 * So many plans of one operation are weighed against each other. With the 10,000 of Apollo's planner a document
 * of 1 kB took it more than a minute; the first ones are mostly the best.
 */
const MOST_PLANS = 100;

/** What took too long is refused at once for so long: then the machine may be less busy. */
const NOT_TRIED_AGAIN_MS = 10_000;

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
  mostCharacters = DEFAULT_ANSWER_CHARACTERS,
  turns,
  watch,
}: ExecutorSettings): Executor {
  const composed = ComposedSupergraph.build(supergraph.sdl);
  const apiSchema = composed.apiSchema();
  const requirements = separateRequirements(withUsableKeys(supergraph.sdl));
  const planner = new QueryPlanner(
    requirements.sdl === supergraph.sdl
      ? composed
      : ComposedSupergraph.build(requirements.sdl, {
          // Where requirements were separated, copies of subgraphs hold fields that they have no use for.
          validateSupergraph: requirements.subgraphs.size === 0 && requirements.fields.size === 0,
        }),
    { debug: { maxEvaluatedPlans: MOST_PLANS } },
  );
  const schema = apiSchema.toGraphQLJSSchema();
  const plan = (document: DocumentNode) =>
    planner.buildQueryPlan(operationFromDocument(apiSchema, document, { validate: false }));
  const compiler: OperationCompiler = {
    schema: supergraph.schema,
    transports,
    requirements,
    meets: createTypeCondition(supergraph.schema),
    holdsKey: createKeyTest(supergraph.schema),
    log,
    plan(document) {
      try {
        return plan(document);
      } catch (error) {
        if (isRefusedByPlanner(error)) throw error;
        return plan(withConcreteFragments(schema, document));
      }
    },
  };
  const compiled = createOperationCache(cachedOperations, (document, operation) =>
    compileOperation({ schema, document, operation, mostCharacters }, compiler),
  );
  const watched = <T>(make: () => T): T => {
    const start = performance.now();
    try {
      return traced('plan', {}, make);
    } finally {
      watch?.made(performance.now() - start);
    }
  };
  /** When those that took too long may be tried again. */
  const tooDear = new WeakMap<OperationDefinitionNode, number>();
  const prepare = async (
    { document, viewer, client, signal }: OperationRequest,
    operation: OperationDefinitionNode,
    coerced: Record<string, unknown>,
  ): Promise<CompiledVariant | GraphQLError> => {
    try {
      const { known, variantFor } = compiled(document, operation);
      const found = known(coerced);
      if (found) {
        watch?.found();
        return found;
      }
      if (performance.now() < (tooDear.get(operation) ?? 0)) return tooComplex();
      const work = () => watched(() => variantFor(coerced));
      if (!turns) return work();
      return await turns.take({
        size: measureDocument(document).selections,
        client: viewer.subject ?? client?.address ?? '',
        signal,
        work,
      });
    } catch (error) {
      if (error instanceof NoTurn) return overloaded();
      const reason = whyNotPlanned(error, log);
      if (reason.extensions['code'] === TOO_COMPLEX) {
        tooDear.set(operation, performance.now() + NOT_TRIED_AGAIN_MS);
      }
      return reason;
    }
  };
  /** What a request comes to, or the errors that refuse it. */
  const variantOf = async (
    request: OperationRequest,
  ): Promise<CompiledVariant | readonly GraphQLError[]> => {
    const { document, operationName, variables } = request;
    const operation = getOperationAST(document, operationName);
    if (!operation) return [unknownOperation(document)];
    const { coerced, errors: wrong } = getVariables(schema, operation, variables);
    if (wrong) return wrong;
    const prepared = await prepare(request, operation, coerced);
    return prepared instanceof GraphQLError ? [prepared] : prepared;
  };

  return {
    schema,
    warmUp: (document) =>
      document.definitions.flatMap((operation) => {
        if (operation.kind !== Kind.OPERATION_DEFINITION) return [];
        try {
          // Without values: conditions are as their defaults say.
          const { coerced } = getVariables(schema, operation, {});
          watched(() => compiled(document, operation).variantFor(coerced));
          return [];
        } catch (error) {
          return [whyNotPlanned(error, log)];
        }
      }),
    async sourceOf(request) {
      const prepared = await variantOf(request);
      if (!('plan' in prepared)) throw prepared[0] ?? needsStream();
      const { source } = prepared;
      const transport = source && transports.get(source.subgraph);
      if (!transport) throw needsStream();
      const { subgraph, requestWith } = source;
      return { subgraph, transport, request: requestWith(request.variables) };
    },
    async execute(request) {
      const { variables, viewer, headers, clientRequest, signal } = request;
      const prepared = await variantOf(request);
      if (!('plan' in prepared)) return { errors: prepared };
      if (prepared.source && !request.event) return { errors: [needsStream()] };

      const run: Run = {
        data: {},
        errors: new AnswerErrors(),
        lost: new WeakSet(),
        variables,
        viewer,
        headers,
        clientRequest,
        signal,
        requestId: request.requestId,
        event: request.event,
      };
      await prepared.carryOut(run);
      const answer = new Answer(run.errors, (asked) =>
        executeSync({ schema, document: asked, variableValues: variables, rootValue: {} }),
      );
      const { plan } = prepared;
      try {
        const data = prepared.answer.write(run.data, answer);
        return { data, errors: run.errors.kept, plan, raw: run.data };
      } catch (error) {
        if (!(error instanceof AnswerTooLarge)) throw error;
        // What was asked for is done, and stays charged.
        return { data: 'null', errors: [answerTooLarge(mostCharacters)], plan };
      }
    },
  };
}

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

const isRefusedByPlanner = (error: unknown) =>
  error instanceof Error && /selections exceeds limit/.test(error.message);

/** The planner's own limit, our limit of time, and what no list can hold or no stack is deep enough for. */
const isTooComplex = (error: unknown) =>
  isRefusedByPlanner(error) || error instanceof OutOfTime || error instanceof RangeError;

const TOO_COMPLEX = 'OPERATION_TOO_COMPLEX';

const tooComplex = (originalError?: Error) =>
  new GraphQLError('This operation is too complex to plan: ask for fewer fields at once.', {
    extensions: { code: TOO_COMPLEX },
    originalError,
  });

/** The planner ends with errors of its own: with one by design, and with others where it fails. */
function whyNotPlanned(error: unknown, log: TransportLog): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const originalError = error instanceof Error ? error : undefined;
  if (isTooComplex(error)) {
    return tooComplex(originalError);
  }
  log.warn({ err: error }, 'an operation could not be planned');
  return new GraphQLError(
    'This operation could not be planned, through no fault of yours: ask for it in another form, with fewer fragments, and tell the operator of this service.',
    { extensions: { code: 'OPERATION_NOT_PLANNABLE' }, originalError },
  );
}
