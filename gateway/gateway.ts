import { ApolloServer } from '@apollo/server';
import websocket from '@fastify/websocket';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { guardRequests } from '../subgraphs/shared/authentication/guardRequests.ts';
import { createDocumentStore } from '../subgraphs/shared/http/createDocumentStore.ts';
import { allPolicies } from '../subgraphs/shared/http/allPolicies.ts';
import { createHttpServer } from '../subgraphs/shared/http/createHttpServer.ts';
import { parseOperation } from '../subgraphs/shared/http/parseOperation.ts';
import { isFromHere } from '../subgraphs/shared/http/isFromHere.ts';
import { KnownOperationTypes } from '../subgraphs/shared/http/KnownOperationTypes.ts';
import { forApollo, forRequest } from '../subgraphs/shared/http/tellRequestId.ts';
import { serveGraphQL, type RunningServer } from '../subgraphs/shared/http/serveGraphQL.ts';
import { addressGroup } from '../subgraphs/shared/rates/addressGroup.ts';
import { countingErrors } from '../subgraphs/shared/seen/countErrors.ts';
import { createMetrics, type Metrics } from '../subgraphs/shared/seen/createMetrics.ts';
import { createLimits } from '../subgraphs/shared/limits/createLimits.ts';
import { writeAnswer } from '../subgraphs/shared/http/writeAnswer.ts';
import type { GatewayConfig } from './config.ts';
import type { RequestContext } from './execution/createDataSource.ts';
import { shorten } from './execution/shorten.ts';
import { addCacheHeaders } from './http/addCacheHeaders.ts';
import { addCors } from './http/addCors.ts';
import { createFormatError } from './http/formatError.ts';
import { addPages } from './http/addPages.ts';
import { addReadiness, createReadiness } from './http/addReadiness.ts';
import { addStatus } from './http/addStatus.ts';
import { stringifyAnswer } from './http/stringifyAnswer.ts';
import { clientSignal } from './http/clientSignal.ts';
import { COST_HEADER, toClient } from './policy/cost/Client.ts';
import { createDocumentPolicy } from './policy/documents/createDocumentPolicy.ts';
import { createForwarding } from './policy/forwardedHeaders.ts';
import { createResponseCache } from './policy/responses/createResponseCache.ts';
import { freshnessOf } from './policy/responses/Freshness.ts';
import { openGateway } from './openGateway.ts';
import { createGatewayMetrics } from './seen/createGatewayMetrics.ts';
import { watchGateway } from './seen/watchGateway.ts';
import { createFollow } from './live/createFollow.ts';
import { createSocketHandler } from './live/createSocketHandler.ts';
import { writeEvents } from './live/writeEvents.ts';
import { addSavedOperations } from './operations/addSavedOperations.ts';
import { readSavedOperations } from './operations/readOperations.ts';
import { addTables } from './tables/addTables.ts';
import { createAskForTables } from './tables/createAskForTables.ts';
import type { InProcessSubgraph } from './transport/inProcess.ts';

/** The header by which a client asks for the plan of its query. */
const PLAN_HEADER = 'apollo-query-plan-experimental';

/** The headers of requests that change answers, beside those that the operator passes on. */
const ANSWERED_BY = ['authorization', 'x-api-key', 'accept', COST_HEADER, PLAN_HEADER];
/** The gateway's name in what is measured. */
const SERVICE = 'gateway';

export interface GatewayParts {
  /** Subgraphs that are executed right here; the others are reached over HTTP. */
  inProcess?: readonly InProcessSubgraph[];
  /** What is measured of this process; without it, of the gateway alone. */
  metrics?: Metrics;
}

/**
 * Starts the gateway: reads the supergraph, and serves it at `/graphql`. Subgraphs in `inProcess` are
 * executed right here, the others over HTTP; they may be down, and come back, at any time.
 * Rejects with one clear line when the supergraph or the port is no good.
 */
export async function startGateway(
  config: GatewayConfig,
  { inProcess = [], metrics = createMetrics() }: GatewayParts = {},
): Promise<RunningServer> {
  const app = createHttpServer(config);
  const operations = await readSavedOperations(config.operationsDir, ({ message, hints }) =>
    app.log.warn({ hints }, `a saved operation is not served: ${message}`),
  );
  const documents = createDocumentStore();
  const responses = createResponseCache(config.responses.maxBytes);
  const { gateway, supergraph } = await openGateway(config, {
    inProcess,
    operations,
    documents,
    responses,
    metrics: createGatewayMetrics(metrics),
    log: app.log,
  });
  const formatError = countingErrors(
    createFormatError({ introspection: config.introspection, log: app.log }),
    metrics,
    SERVICE,
  );
  const apollo = new ApolloServer<RequestContext>({
    gateway: gateway.forApollo,
    logger: app.log,
    formatError: forApollo(formatError),
    documentStore: documents.forApollo,
    introspection: config.introspection,
    hideSchemaDetailsFromClientErrors: !config.introspection,
    includeStacktraceInErrorResponses: false,
    stringifyResult: stringifyAnswer,
    validationRules: [KnownOperationTypes],
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    // Else NODE_ENV would decide what is not set above.
    nodeEnv: 'production',
  });

  // First: what comes after it knows of a request whether it opens a WebSocket.
  await app.register(websocket, { options: { maxPayload: config.bodyLimitKb * 1024 } });
  await addCors(app, config.corsOrigins);
  const tellFreshness = addCacheHeaders(app, [...ANSWERED_BY, ...config.forwardHeaders]);
  const { viewerOf, identify, admitSocket } = await guardRequests(app, config.authentication);
  const documentPolicy = await createDocumentPolicy(config.documents, viewerOf, app.log);
  const forward = createForwarding(config.forwardHeaders);
  const readiness = createReadiness({
    transports: () => gateway.served().transports,
    supergraph: supergraph.state,
    inProcess,
  });
  addReadiness(app, readiness);
  addStatus(app, readiness);
  watchGateway(metrics, {
    transports: () => gateway.served().transports,
    supergraph: supergraph.state,
    documents: documentPolicy.state,
    responses: responses.state,
    caches: {
      documents: documents.size,
      responses: () => responses.state().responses,
      registered_documents: () => documentPolicy.state().registered,
    },
  });
  const policy = allPolicies([createLimits(config.limits), documentPolicy]);
  const maySeePlans = (request: FastifyRequest) =>
    config.queryPlans === 'all' || (config.queryPlans === 'local' && isFromHere(request));
  const clientOf = (request: FastifyRequest) =>
    viewerOf(request).subject ?? addressGroup(request.ip);
  /** What is said of a client whose answers outlast its request. */
  const liveContextOf = (request: FastifyRequest) => ({
    headers: forward(request.headers),
    client: toClient(request),
    requestId: request.id,
  });
  const contextOf = (request: FastifyRequest, reply: FastifyReply) => ({
    ...liveContextOf(request),
    viewer: viewerOf(request),
    signal: clientSignal(reply),
  });
  addTables(app, {
    operations,
    schema: gateway.schema,
    policy,
    formatError,
    createAsk: createAskForTables({
      served: gateway.served,
      contextOf,
      carryOut: (request, reply, work) => app.load.carryOut(clientOf(request), reply, work),
    }),
  });
  addSavedOperations(app, operations);
  await addPages(app, {
    ...config,
    schema: gateway.schema,
    supergraph: () => gateway.served().supergraph,
  });
  app.addHook('onClose', async () => {
    supergraph.close();
    documentPolicy.close();
  });
  const follow = createFollow({ served: gateway.served, identify, log: app.log });
  const parse = (text: string) => parseOperation(text, gateway.schema(), { ...config, documents });
  const socket = createSocketHandler({
    policy,
    streams: app.load.streams,
    clientOf,
    parse,
    follow,
    contextOf: liveContextOf,
    admit: admitSocket,
    isAllowed: (origin, { host }) =>
      (URL.canParse(origin) && new URL(origin).host === host) ||
      config.corsOrigins.includes('*') ||
      config.corsOrigins.includes(origin),
    formatError,
  });
  return serveGraphQL(app, apollo, {
    ...config,
    portSetting: 'PORT',
    formatError,
    seen: { metrics, service: SERVICE, access: config.metricsAccess, viewerOf },
    policy,
    clientOf,
    live: {
      parse,
      socket,
      async open(operation, { request, ...client }) {
        const { headers } = request;
        const follower = { ...client, headers, context: liveContextOf(request) };
        const events = await follow(operation, follower);
        if (!(Symbol.asyncIterator in events)) return events;
        return writeEvents(events, forRequest(formatError, request.id));
      },
    },
    context: async (request, reply) => ({
      ...contextOf(request, reply),
      showsPlan: request.headers[PLAN_HEADER] !== undefined && maySeePlans(request),
      tellFreshness: (freshness) => tellFreshness(request, freshness),
    }),
    known: {
      documents,
      async answer(request, context, requestId) {
        const { own, fits, during } = gateway.served();
        // Found valid, but perhaps for another supergraph.
        if (!own || !fits(request.document) || context.showsPlan) return undefined;
        const result = await during(() =>
          own.execute({ ...request, ...context, clientRequest: context }),
        );
        context.tellFreshness?.(freshnessOf(result));
        const { data, errors, extensions } = result;
        const told = shorten(errors);
        return data === undefined
          ? told
          : writeAnswer(data, told, forRequest(formatError, requestId), extensions);
      },
    },
  });
}
