import { ApolloServer } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import { createDocumentStore } from '../subgraphs/shared/createDocumentStore.ts';
import {
  createHttpServer,
  serveGraphQL,
  type RunningServer,
} from '../subgraphs/shared/graphqlServer.ts';
import { writeAnswer } from '../subgraphs/shared/writeAnswer.ts';
import type { GatewayConfig } from './config.ts';
import type { RequestContext } from './execution/createDataSource.ts';
import { createGateway, type Gateway } from './execution/createGateway.ts';
import { shorten } from './execution/shorten.ts';
import { addCors } from './http/addCors.ts';
import { createFormatError } from './http/formatError.ts';
import { addPages } from './http/addPages.ts';
import { addReadiness } from './http/addReadiness.ts';
import { stringifyAnswer } from './http/stringifyAnswer.ts';
import { clientSignal } from './http/clientSignal.ts';
import { readSupergraph } from './supergraph/readSupergraph.ts';
import { createTransports } from './transport/createTransports.ts';
import type { InProcessSubgraph } from './transport/inProcess.ts';

/**
 * What one document may hold. A query of 1 kB that multiplies fragments can keep the planner busy for
 * many seconds; with these limits the dearest one takes it a fraction of a second.
 */
const LIMITS = { maxTokens: 15_000, maxRecursiveSelections: 1_000 };

/**
 * Starts the gateway: reads the supergraph, and serves it at `/graphql`. Subgraphs in `inProcess` are
 * executed right here, the others over HTTP; they may be down, and come back, at any time.
 * Rejects with one clear line when the supergraph or the port is no good.
 */
export async function startGateway(
  config: GatewayConfig,
  { inProcess = [] }: { inProcess?: readonly InProcessSubgraph[] } = {},
): Promise<RunningServer> {
  const supergraph = await readSupergraph(config.supergraphFile);
  const app = createHttpServer(config);
  const transports = createTransports({
    subgraphs: supergraph.subgraphs,
    inProcess,
    timeoutMs: config.subgraphTimeoutMs,
    responseLimitBytes: config.subgraphResponseLimitMb * 1024 * 1024,
    log: app.log,
  });
  const gateway = createGateway({
    supergraph,
    transports,
    queryPlans: config.queryPlans,
    executor: config.executor,
    coalesce: config.coalesce,
    log: app.log,
  });
  const documents = createDocumentStore();
  const formatError = createFormatError({ introspection: config.introspection, log: app.log });
  const apollo = new ApolloServer<RequestContext>({
    gateway: gateway.forApollo,
    logger: app.log,
    formatError,
    documentStore: documents.forApollo,
    introspection: config.introspection,
    hideSchemaDetailsFromClientErrors: !config.introspection,
    includeStacktraceInErrorResponses: false,
    stringifyResult: stringifyAnswer,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    maxRecursiveSelections: LIMITS.maxRecursiveSelections,
    parseOptions: { maxTokens: LIMITS.maxTokens },
    // Else NODE_ENV would decide what is not set above.
    nodeEnv: 'production',
  });

  await addCors(app, config.corsOrigins);
  addReadiness(app, transports);
  addPages(app, { ...config, schema: latestSchema(gateway) });
  return serveGraphQL(app, apollo, {
    ...config,
    portSetting: 'PORT',
    context: async (_request, reply) => ({ signal: clientSignal(reply) }),
    known: {
      documents,
      async answer(request, context) {
        const { execute } = gateway;
        const { data, errors } =
          (await execute?.({ ...request, clientRequest: context, signal: context.signal })) ?? {};
        return data === undefined
          ? undefined
          : writeAnswer(data, errors && shorten(errors), formatError);
      },
    },
  });
}

/** What clients see of the graph. Not to be asked for before the gateway has loaded it. */
function latestSchema({ forApollo }: Gateway): () => GraphQLSchema {
  let schema: GraphQLSchema | undefined;
  forApollo.onSchemaLoadOrUpdate(({ apiSchema }) => (schema = apiSchema));
  return () => {
    if (!schema) throw new Error('the schema is not loaded yet');
    return schema;
  };
}
