import type { ApolloServer, BaseContext, ContextFunction } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import {
  fastify,
  LogController,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { answerType } from './answerType.ts';
import type { DocumentStore } from './createDocumentStore.ts';
import { answerClientError, answerFault, answerNotFound, answerWrongMethod } from './httpFaults.ts';
import { listenError } from './listenError.ts';
import { readKnownRequest, type KnownRequest } from './readKnownRequest.ts';
import type { LogLevel } from './settings.ts';
import { statusByAccept } from './statusByAccept.ts';
import { trackSockets } from './trackSockets.ts';

/** Where an ApolloServer is reached, at every server of ours. */
export const GRAPHQL_PATH = '/graphql';

export interface HttpServerSettings {
  /** Larger bodies are refused with status 413. */
  bodyLimitKb: number;
  logLevel: LogLevel;
}

export interface ServeSettings<TContext extends BaseContext> {
  host: string;
  /** 0 picks any free port. */
  port: number;
  /** The name of the setting behind `port`, for the error when that port can't be had. */
  portSetting: string;
  context: ContextFunction<[request: FastifyRequest, reply: FastifyReply], TContext>;
  /** The short way for requests whose document has been seen; without it all go the long one. */
  known?: { documents: DocumentStore; answer: AnswerKnown<TContext> };
}

/**
 * Answers a request whose document Apollo's server has found valid before, as text, without that server's
 * long way. Undefined leaves the request to it: whatever can't be carried out must be left.
 */
export type AnswerKnown<TContext> = (
  request: KnownRequest,
  context: TContext,
) => Promise<string | undefined>;

export interface RunningServer {
  /** The GraphQL endpoint, with the port that was really taken. */
  url: string;
  /** Takes no more requests, lets those in flight finish, and resolves when all is closed. */
  close(): Promise<void>;
}

/** Requests in flight when a server closes have this long to finish. */
const CLOSE_GRACE_MS = 10_000;

/**
 * A Fastify server on which every fault is answered as JSON in the shape of a GraphQL answer. Its `log`
 * writes to standard error, so that standard output stays free for what people read.
 */
export function createHttpServer({ bodyLimitKb, logLevel }: HttpServerSettings): FastifyInstance {
  const app: FastifyInstance = fastify({
    logger: { level: logLevel, stream: process.stderr },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitKb * 1024,
    // Against clients that send or read a byte now and then to keep a socket busy. Load balancers
    // keep idle connections for 60 s: ours must last longer, or they meet closed ones.
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000 },
    requestTimeout: 30_000,
    connectionTimeout: 120_000,
    keepAliveTimeout: 65_000,
    // While closing, requests on connections that are still busy are answered, not turned away.
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => void answerFault(error, request, reply),
  });
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler(answerFault);
  app.setNotFoundHandler(answerNotFound);
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
  });

  const sockets = trackSockets(app.server);
  app.addHook('preClose', (done) => {
    sockets.closeIdle();
    done();
  });
  return app;
}

/**
 * Starts `apollo`, serves it with `app` at `/graphql` next to `/healthz`, and listens. Neither reports
 * to Apollo, traces, or has a landing page.
 * Rejects with one clear line when the port can't be had; then nothing is left running.
 */
export async function serveGraphQL<TContext extends BaseContext>(
  app: FastifyInstance,
  apollo: ApolloServer<TContext>,
  { host, port, portSetting, context, known }: ServeSettings<TContext>,
): Promise<RunningServer> {
  for (const plugin of [
    statusByAccept(),
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginInlineTraceDisabled(),
    ApolloServerPluginLandingPageDisabled(),
    ApolloServerPluginSchemaReportingDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
  ]) {
    apollo.addPlugin(plugin);
  }
  await apollo.start();

  const answerByApollo = fastifyApolloHandler(apollo, { context });
  app.get(GRAPHQL_PATH, answerByApollo);
  app.post(GRAPHQL_PATH, async (request, reply) => {
    const type = known && answerType(request.headers.accept);
    const read = type && readKnownRequest(request.body, known.documents);
    const text = read && (await known.answer(read, await context(request, reply)));
    if (text === undefined) return answerByApollo.call(app, request, reply);
    void reply.header('content-type', type);
    // Encoded once: of a text, its length in bytes would be counted first.
    return Buffer.from(text);
  });
  app.route({
    method: ['PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: GRAPHQL_PATH,
    handler: answerWrongMethod,
  });
  app.get('/healthz', async () => ({ status: 'ok' }));

  const close = async () => {
    const grace = setTimeout(() => app.server.closeAllConnections(), CLOSE_GRACE_MS);
    await app.close();
    clearTimeout(grace);
    await apollo.stop();
  };

  const { level } = app.log;
  // The line that Fastify would log says nothing that the caller does not say better.
  app.log.level = 'silent';
  try {
    await app.listen({ host, port });
  } catch (error) {
    await close();
    throw listenError(error, { host, port, portSetting });
  } finally {
    app.log.level = level;
  }
  return { url: endpointUrl(app, host), close };
}

function endpointUrl(app: FastifyInstance, host: string) {
  const address = app.server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}${GRAPHQL_PATH}`;
}
