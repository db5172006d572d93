import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import { enforcingStock } from '../policy/enforcingStock.ts';
import type { Supergraph } from '../supergraph/readSupergraph.ts';
import type { Transport } from '../transport/Transport.ts';
import { costingStock } from '../policy/cost/costingStock.ts';
import type { CostPolicy } from '../policy/cost/createMeter.ts';
import type { ResponseCache } from '../policy/responses/createResponseCache.ts';
import { createDataSource, type RequestContext } from './createDataSource.ts';
import type { PlanWatch } from './createExecutor.ts';
import { createServedGraph, type ServedGraph } from './createServedGraph.ts';
import { executeCompiled } from './executeCompiled.ts';
import { executeStock, type Execute } from './executeStock.ts';

type ApolloInterface = ApolloServerOptionsWithGateway<RequestContext>['gateway'];
type ApolloListener = Parameters<ApolloInterface['onSchemaLoadOrUpdate']>[0];
type LoadedSchema = Parameters<ApolloListener>[0];

export interface Gateway {
  /** What Apollo's server asks for. */
  forApollo: ApolloInterface;
  /** The graph that is served at the moment. */
  served(): ServedGraph;
  /** What clients see of the graph. */
  schema(): GraphQLSchema;
  /**
   * Serves another supergraph from now on; what has begun ends with the one that it began with.
   * @throws UserError when it can't be served; then all is as before.
   */
  replace(supergraph: Supergraph): void;
}

export interface GatewaySettings {
  supergraph: Supergraph;
  /** Makes a transport for each subgraph, by name. */
  connect(supergraph: Supergraph): ReadonlyMap<string, Transport>;
  /** Called with each graph before anybody asks it. */
  prepare(graph: ServedGraph): void;
  /** Whether clients may ask for the plan of their query. */
  queryPlans: boolean;
  executor: 'compiled' | 'apollo';
  /** Whether equal operations that are under way at the same time are carried out once. */
  coalesce: boolean;
  cost: CostPolicy;
  /** Answers of all graphs, one after the other. */
  responses: ResponseCache;
  /** How old an answer may be where the supergraph says nothing of it, in seconds. */
  defaultAgeS: number;
  /** Longer answers are refused; with Apollo's executor none is. */
  mostCharacters?: number;
  watch?: PlanWatch | undefined;
  /** Told of each query that joins an equal one under way. */
  onJoined?: (() => void) | undefined;
  log: FastifyBaseLogger;
}

/**
 * Apollo's gateway over our transports: it loads, checks and replaces the supergraph. Plans are carried out by
 * our own executor, or by Apollo's for comparison.
 * Rejects with a UserError when the supergraph can't be served.
 */
export async function createGateway(settings: GatewaySettings): Promise<Gateway> {
  const { connect, prepare, queryPlans, log } = settings;
  const graphs = new WeakMap<GraphQLSchema, ServedGraph>();
  const listeners = new Set<ApolloListener>();
  let loaded: LoadedSchema | undefined;
  let update: ((sdl: string) => void) | undefined;

  const executors = new WeakMap<ServedGraph, Execute>();

  const executorOf = (graph: ServedGraph, apiSchema: GraphQLSchema) => {
    const execute =
      executors.get(graph) ??
      (graph.own
        ? executeCompiled(graph.own.execute)
        : enforcingStock(
            costingStock(executeStock(executeByApollo), graph.meter),
            graph.restrict,
            apiSchema,
          ));
    executors.set(graph, execute);
    return execute;
  };
  const create = (supergraph: Supergraph): ServedGraph => {
    const graph = createServedGraph({ ...settings, supergraph, transports: connect(supergraph) });
    prepare(graph);
    return graph;
  };
  let served = refusing(() => create(settings.supergraph));
  let next = served;

  // Read by the constructor, which else starts an exporter to Apollo and asks for a cloud's metadata.
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
  const apollo = new ApolloGateway({
    async supergraphSdl(options) {
      update = options.update;
      return { supergraphSdl: next.supergraph.sdl };
    },
    // These two would follow from NODE_ENV.
    validateSupergraph: true,
    __exposeQueryPlanExperimental: queryPlans,
    logger: gatewayLog(log),
    // It keeps one for each subgraph, whatever the supergraph.
    buildService: ({ name }) => createChangingSource(name, () => next, log),
  });
  apollo.onSchemaLoadOrUpdate((schema) => {
    graphs.set(schema.apiSchema, next);
    loaded = schema;
    served = next;
    for (const listener of listeners) listener(schema);
  });
  const { executor: executeByApollo } = await apollo.load({}).catch((error: unknown) => {
    served.retire();
    throw refusal(error);
  });

  const schema = () => {
    if (!loaded) throw new Error('the schema is not loaded yet');
    return loaded.apiSchema;
  };
  return {
    schema,
    served: () => served,
    replace(supergraph) {
      if (supergraph.sdl === served.supergraph.sdl) return;
      const previous = served;
      refusing(() => {
        next = create(supergraph);
        try {
          update?.(supergraph.sdl);
        } catch (error) {
          next.retire();
          next = previous;
          throw error;
        }
      });
      previous.retire();
    },
    forApollo: {
      onSchemaLoadOrUpdate(listener) {
        listeners.add(listener);
        if (loaded) listener(loaded);
        return () => listeners.delete(listener);
      },
      async stop() {
        await apollo.stop();
        served.retire();
      },
      load: async () => ({
        executor(requestContext) {
          // The one that the operation was validated against.
          const graph = graphs.get(requestContext.schema) ?? served;
          const execute = executorOf(graph, requestContext.schema);
          return graph.during(() => execute(requestContext));
        },
      }),
    },
  };
}

/** What Apollo's executor asks a subgraph by, whatever the graph is at the moment. */
function createChangingSource(
  subgraph: string,
  graph: () => ServedGraph,
  log: FastifyBaseLogger,
): GraphQLDataSource<RequestContext> {
  const sources = new WeakMap<ServedGraph, GraphQLDataSource<RequestContext>>();
  const create = ({ transports, supergraph: { schema } }: ServedGraph) => {
    const transport = transports.get(subgraph);
    if (!transport) throw new Error(`no transport for the subgraph "${subgraph}"`);
    return createDataSource({ subgraph, transport, schema, log });
  };
  return {
    process(options) {
      const source = sources.get(graph()) ?? create(graph());
      sources.set(graph(), source);
      return source.process(options);
    },
  };
}

function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw refusal(error);
  }
}

function refusal(error: unknown): UserError {
  if (error instanceof UserError) return error;
  const reason = error instanceof Error ? error.message.replaceAll('\n', ' ') : String(error);
  return new UserError(`the supergraph can't be served: ${reason}`, [], { cause: error });
}

/** The gateway's news are of no use to those who run it: it says them for those who debug. */
function gatewayLog(log: FastifyBaseLogger) {
  const debug = (message: string) => log.debug({}, message);
  return { debug, info: debug, warn: log.warn.bind(log), error: log.error.bind(log) };
}
