import { ApolloServer } from '@apollo/server';
import { getOperationAST, type OperationDefinitionNode } from 'graphql';
import type { AuthenticationConfig } from './authentication/authenticationSettings.ts';
import { guardRequests } from './authentication/guardRequests.ts';
import { createDocumentStore } from './http/createDocumentStore.ts';
import { createDocumentCompiler, type ExecuteDocument } from './compileDocument.ts';
import { createFormatError } from './formatError.ts';
import { createHttpServer, type HttpServerSettings } from './http/createHttpServer.ts';
import { KnownOperationTypes } from './http/KnownOperationTypes.ts';
import { DEFAULT_LOAD } from './load/loadSettings.ts';
import { serveGraphQL, type RunningServer } from './http/serveGraphQL.ts';
import { forApollo, forRequest } from './http/tellRequestId.ts';
import { whileClientWaits } from './http/whileClientWaits.ts';
import { isRecord } from './isRecord.ts';
import type { KnownRequest } from './http/readKnownRequest.ts';
import { parseOperation } from './http/parseOperation.ts';
import { subscribeTo } from './live/subscribeTo.ts';
import { toTexts } from './live/toTexts.ts';
import type { Subgraph } from './subgraph.ts';
import { createLimits } from './limits/createLimits.ts';
import { DEFAULT_LIMITS, limitsBehindGateway, type Limits } from './limits/limitSettings.ts';
import { countingErrors } from './seen/countErrors.ts';
import { createMetrics, type Metrics } from './seen/createMetrics.ts';
import type { MetricsAccess } from './seen/metricsSettings.ts';
import { writeAnswer } from './http/writeAnswer.ts';

export interface SubgraphServerSettings extends HttpServerSettings {
  host: string;
  port: number;
  /** Whether callers may read the schema by introspection; `_service` gives it in any case. */
  introspection: boolean;
  authentication: AuthenticationConfig;
  /** How much one request of a client may hold; a gateway's may hold more. */
  limits?: Limits;
  metricsAccess?: MetricsAccess;
  /** What is measured of this process; without it, of this server alone. */
  metrics?: Metrics;
}

/** What is served of a subgraph. */
export type ServedSubgraph = Pick<Subgraph, 'name' | 'schema' | 'createContext'> &
  Partial<Pick<Subgraph, 'isReady'>>;

/** Serves one subgraph over HTTP, as a complete GraphQL service. Rejects when the port can't be had. */
export async function startSubgraph(
  subgraph: ServedSubgraph,
  settings: SubgraphServerSettings,
): Promise<RunningServer> {
  // Most of what it is asked comes from one address, which speaks for many: its gateway's.
  const bearable = settings.load ?? DEFAULT_LOAD;
  const load = {
    ...bearable,
    clientSharePercent: 100,
    liveStreamsPerClient: bearable.liveStreams,
  };
  const app = createHttpServer({ ...settings, load });
  const { viewerOf } = await guardRequests(app, settings.authentication, subgraph.name);
  const documents = createDocumentStore();
  const { metrics = createMetrics(), metricsAccess = 'local' } = settings;
  const seen = { metrics, service: subgraph.name, access: metricsAccess, viewerOf };
  const formatError = countingErrors(createFormatError(app.log), metrics, subgraph.name);
  const executorOf = createExecutors(subgraph);
  const apollo = new ApolloServer({
    schema: subgraph.schema,
    logger: app.log,
    formatError: forApollo(formatError),
    documentStore: documents.forApollo,
    introspection: settings.introspection,
    hideSchemaDetailsFromClientErrors: !settings.introspection,
    includeStacktraceInErrorResponses: false,
    validationRules: [KnownOperationTypes],
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    // Else NODE_ENV would decide what is not set above.
    nodeEnv: 'production',
  });
  app.get('/readyz', async (_request, reply) => {
    const isReady = (await subgraph.isReady?.()) ?? true;
    return reply
      .code(isReady ? 200 : 503)
      .headers(isReady ? {} : { 'retry-after': '5' })
      .send({ status: isReady ? 'ready' : 'unready', database: isReady ? 'up' : 'down' });
  });
  return serveGraphQL(app, apollo, {
    ...settings,
    portSetting: `${subgraph.name.toUpperCase()}_PORT`,
    formatError,
    policy: createLimits(limitsBehindGateway(settings.limits ?? DEFAULT_LIMITS)),
    load,
    seen,
    live: {
      parse: (text) => parseOperation(text, subgraph.schema, { ...settings, documents }),
      async open(request, client) {
        const createContext = () => subgraph.createContext(viewerOf(client.request));
        const events = await subscribeTo(subgraph.schema, request, createContext, client);
        if (!(Symbol.asyncIterator in events)) return events;
        const format = forRequest(formatError, client.request.id);
        return toTexts(events, format);
      },
    },
    context: async (request, reply) => {
      const { query } = isRecord(request.body) ? request.body : {};
      return whileClientWaits(subgraph.createContext(viewerOf(request)), query, reply);
    },
    known: {
      documents,
      async answer(request, context, requestId) {
        const run = executorOf(request);
        const { data, errors } = (await run?.(context, request.variables)) ?? {};
        return data === undefined
          ? undefined
          : writeAnswer(JSON.stringify(data), errors, forRequest(formatError, requestId));
      },
    },
  });
}

/** Gives the executor of a known operation; it is compiled once, and forgotten with its document. */
function createExecutors({ schema }: ServedSubgraph) {
  const compile = createDocumentCompiler(schema);
  const compiled = new WeakMap<OperationDefinitionNode, ExecuteDocument>();
  return ({ document, operationName }: KnownRequest): ExecuteDocument | undefined => {
    const operation = getOperationAST(document, operationName);
    if (!operation) return undefined;
    const execute = compiled.get(operation) ?? compile(document, operationName);
    compiled.set(operation, execute);
    return execute;
  };
}
