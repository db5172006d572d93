import { ApolloGateway } from '@apollo/gateway';
import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import type { FastifyBaseLogger } from 'fastify';
import { GraphQLError, Kind, type DocumentNode, type ExecutionResult } from 'graphql';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import type { Supergraph } from '../supergraph/readSupergraph.ts';
import type { Transport } from '../transport/Transport.ts';
import { createDataSource, type RequestContext } from './createDataSource.ts';

type Data = Record<string, unknown>;
type Extensions = Record<string, unknown>;
export type Gateway = ApolloServerOptionsWithGateway<RequestContext>['gateway'];

export interface GatewaySettings {
  supergraph: Supergraph;
  /** One for each subgraph, by name. */
  transports: ReadonlyMap<string, Transport>;
  /** Whether clients may ask for the plan of their query. */
  queryPlans: boolean;
  log: FastifyBaseLogger;
}

/** An answer lists this many errors at most, lest a broken subgraph makes it larger than the data. */
const MAX_ERRORS = 500;

/**
 * Apollo's gateway over our transports, which plans and executes. What its answers lack is mended here:
 * a null where none may be is an error, a fault of ours is no bad request, and no answer is all errors.
 */
export function createGateway({
  supergraph,
  transports,
  queryPlans,
  log,
}: GatewaySettings): Gateway {
  // Read by the constructor, which else starts an exporter to Apollo and asks for a cloud's metadata.
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph.sdl,
    // These two would follow from NODE_ENV.
    validateSupergraph: true,
    __exposeQueryPlanExperimental: queryPlans,
    logger: gatewayLog(log),
    buildService({ name }) {
      const transport = transports.get(name);
      if (!transport) throw new Error(`no transport for the subgraph "${name}"`);
      return createDataSource({ subgraph: name, transport, schema: supergraph.schema, log });
    },
  });
  return {
    onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
    stop: () => gateway.stop(),
    async load() {
      const { executor } = await gateway.load({}).catch((error: unknown) => {
        const reason = error instanceof Error ? error.message.replaceAll('\n', ' ') : String(error);
        throw new UserError(`the supergraph can't be served: ${reason}`, [], { cause: error });
      });
      return {
        async executor(requestContext) {
          if (!requestContext.operation) return unknownOperation(requestContext.document);
          return mend(await refusingTooComplex(() => executor(requestContext)));
        },
      };
    },
  };
}

function unknownOperation({ definitions }: DocumentNode): ExecutionResult {
  const names = definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .map(({ name }) => name?.value ?? '(one without a name)');
  const message = `Say in "operationName" which operation of the document to run: ${names.join(', ')}.`;
  return { errors: [new GraphQLError(message)] };
}

/** The planner refuses what would take it too long, with an error that looks like one of its own faults. */
async function refusingTooComplex(
  run: () => Promise<ExecutionResult<Data, Extensions>>,
): Promise<ExecutionResult<Data, Extensions>> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Error && /selections exceeds limit/.test(error.message))) throw error;
    const message = 'This operation is too complex to plan: ask for fewer fields at once.';
    const extensions = { code: 'OPERATION_TOO_COMPLEX' };
    return { errors: [new GraphQLError(message, { extensions, originalError: error })] };
  }
}

function mend(result: ExecutionResult<Data, Extensions>): ExecutionResult<Data, Extensions> {
  const { valueCompletion, ...extensions } = result.extensions ?? {};
  const errors = [...(result.errors ?? []), ...nullsWhereNoneMayBe(valueCompletion)];
  if (errors.length === 0) return result;
  const refused = result.data === undefined && errors.every(isFaultOfRequest);
  return {
    errors: errors.length > MAX_ERRORS ? shorten(errors) : errors,
    // Without data, an answer would count as a bad request, status 400.
    data: refused ? undefined : (result.data ?? null),
    extensions: Object.keys(extensions).length > 0 ? extensions : undefined,
  };
}

function nullsWhereNoneMayBe(valueCompletion: unknown): GraphQLError[] {
  if (!Array.isArray(valueCompletion)) return [];
  return valueCompletion
    .filter((error) => error instanceof GraphQLError)
    .map(
      ({ message, path }) =>
        new GraphQLError(message, { path, extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' } }),
    );
}

function isFaultOfRequest({ nodes, extensions }: GraphQLError) {
  return (
    nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION || extensions['code'] === 'OPERATION_TOO_COMPLEX'
  );
}

function shorten(errors: readonly GraphQLError[]) {
  const message = `${errors.length - MAX_ERRORS} more errors are left out. Ask for less at once to see all.`;
  const extensions = { code: 'TOO_MANY_ERRORS' };
  return [...errors.slice(0, MAX_ERRORS), new GraphQLError(message, { extensions })];
}

/** The gateway's news are of no use to those who run it: it says them for those who debug. */
function gatewayLog(log: FastifyBaseLogger) {
  const debug = (message: string) => log.debug({}, message);
  return { debug, info: debug, warn: log.warn.bind(log), error: log.error.bind(log) };
}
