import { ApolloGateway } from '@apollo/gateway';
import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import type { Supergraph } from '../supergraph/readSupergraph.ts';
import { createRestrict } from '../policy/createRestrict.ts';
import { enforcing } from '../policy/enforcing.ts';
import { enforcingStock } from '../policy/enforcingStock.ts';
import type { Transport } from '../transport/Transport.ts';
import { createDataSource, type RequestContext } from './createDataSource.ts';
import { coalescing } from './coalescing.ts';
import { createExecutor, type ExecuteOperation, type Executor } from './createExecutor.ts';
import { executeCompiled } from './executeCompiled.ts';
import { executeStock } from './executeStock.ts';

type ApolloInterface = ApolloServerOptionsWithGateway<RequestContext>['gateway'];

export interface Gateway {
  /** What Apollo's server asks for. */
  forApollo: ApolloInterface;
  /** Carries out an operation without Apollo's server; undefined when Apollo's executor is in use. */
  execute: ExecuteOperation | undefined;
  /** What clients see of the graph. Not to be asked for before Apollo's server has loaded it. */
  schema(): GraphQLSchema;
  /** Prepares the operations of a valid document before anybody asks for them. */
  warmUp: Executor['warmUp'] | undefined;
}

export interface GatewaySettings {
  supergraph: Supergraph;
  /** One for each subgraph, by name. */
  transports: ReadonlyMap<string, Transport>;
  /** Whether clients may ask for the plan of their query. */
  queryPlans: boolean;
  executor: 'compiled' | 'apollo';
  /** Whether equal operations that are under way at the same time are carried out once. */
  coalesce: boolean;
  log: FastifyBaseLogger;
}

/**
 * Apollo's gateway over our transports: it loads and checks the supergraph. Plans are carried out by our
 * own executor, or by Apollo's for comparison.
 */
export function createGateway(settings: GatewaySettings): Gateway {
  const { supergraph, transports, queryPlans, log } = settings;
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
  let schema: GraphQLSchema | undefined;
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => (schema = apiSchema));
  const clientSchema = () => {
    if (!schema) throw new Error('the schema is not loaded yet');
    return schema;
  };
  let own: Executor | undefined;
  let execute: ExecuteOperation | undefined;
  return {
    get execute() {
      return execute;
    },
    schema: clientSchema,
    get warmUp() {
      return own?.warmUp;
    },
    forApollo: {
      onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
      stop: () => gateway.stop(),
      async load() {
        const { executor } = await gateway.load({}).catch((error: unknown) => {
          const reason =
            error instanceof Error ? error.message.replaceAll('\n', ' ') : String(error);
          throw new UserError(`the supergraph can't be served: ${reason}`, [], { cause: error });
        });
        const restrict = createRestrict(supergraph.schema);
        if (settings.executor === 'apollo') {
          return { executor: enforcingStock(executeStock(executor), restrict, clientSchema) };
        }
        own = createExecutor(settings);
        const enforced = enforcing(own.execute, restrict, own.schema);
        execute = settings.coalesce ? coalescing(enforced) : enforced;
        return { executor: executeCompiled(execute, { queryPlans }) };
      },
    },
  };
}

/** The gateway's news are of no use to those who run it: it says them for those who debug. */
function gatewayLog(log: FastifyBaseLogger) {
  const debug = (message: string) => log.debug({}, message);
  return { debug, info: debug, warn: log.warn.bind(log), error: log.error.bind(log) };
}
