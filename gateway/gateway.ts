import { ApolloServer } from '@apollo/server';
import type { FastifyBaseLogger } from 'fastify';
import { parse, validate } from 'graphql';
import { guardRequests } from '../subgraphs/shared/authentication/guardRequests.ts';
import {
  createDocumentStore,
  type DocumentStore,
} from '../subgraphs/shared/createDocumentStore.ts';
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
import { createForwarding } from './policy/forwardedHeaders.ts';
import { readOperations } from './supergraph/readOperations.ts';
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
    vouchSecret: config.authentication.vouchSecret,
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
  const viewerOf = await guardRequests(app, config.authentication);
  const forward = createForwarding(config.forwardHeaders);
  addReadiness(app, transports);
  addPages(app, { ...config, schema: gateway.schema });
  const operations = await readOperations(config.operationsDir);
  app.addHook('onReady', async () => warmUp(operations, { gateway, documents, log: app.log }));
  return serveGraphQL(app, apollo, {
    ...config,
    portSetting: 'PORT',
    context: async (request, reply) => ({
      viewer: viewerOf(request),
      headers: forward(request.headers),
      signal: clientSignal(reply),
    }),
    known: {
      documents,
      async answer(request, context) {
        const { execute } = gateway;
        const { data, errors } =
          (await execute?.({ ...request, ...context, clientRequest: context })) ?? {};
        return data === undefined
          ? undefined
          : writeAnswer(data, errors && shorten(errors), formatError);
      },
    },
  });
}

/** Prepares saved operations. One that does not fit the graph does no harm: another graph may be served. */
function warmUp(
  operations: ReadonlyMap<string, string>,
  {
    gateway,
    documents,
    log,
  }: { gateway: Gateway; documents: DocumentStore; log: FastifyBaseLogger },
): void {
  for (const [file, text] of operations) {
    try {
      const document = parse(text);
      const [fault] = validate(gateway.schema(), document);
      const [reason] = fault ? [fault] : (gateway.warmUp?.(document) ?? []);
      if (reason) throw reason;
      documents.keep(document);
    } catch (error) {
      log.debug({ file, err: error }, 'a saved operation is not prepared');
    }
  }
}
