import { fastify, LogController, type FastifyInstance } from 'fastify';
import { createLoad, type Load } from '../load/createLoad.ts';
import { DEFAULT_LOAD, type LoadConfig } from '../load/loadSettings.ts';
import { shedLoad } from '../load/shedLoad.ts';
import type { LogLevel } from '../settings.ts';
import { answerClientError, answerFault, answerNotFound } from './httpFaults.ts';
import { trackSockets } from './trackSockets.ts';
import { workerName } from './workerName.ts';

export interface HttpServerSettings {
  /** Larger bodies are refused with status 413. */
  bodyLimitKb: number;
  logLevel: LogLevel;
  load?: LoadConfig;
}

/** A server, and what it bears. */
export type HttpServer = FastifyInstance & { readonly load: Load };

/** Nothing moves on a socket for so long: neither has anybody anything to say, nor is anything carried out. */
const CONNECTION_TIMEOUT_MS = 120_000;

/**
 * A Fastify server on which every fault is answered as JSON in the shape of a GraphQL answer, and which
 * turns away what is more than it can bear. Its `log` writes to standard error, so that standard output
 * stays free for what people read.
 */
export function createHttpServer({
  bodyLimitKb,
  logLevel,
  load: config = DEFAULT_LOAD,
}: HttpServerSettings): HttpServer {
  const { headersTimeoutMs, requestTimeoutMs, keepAliveTimeoutMs } = config;
  const app: FastifyInstance = fastify({
    logger: { level: logLevel, stream: process.stderr, ...workerName() },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitKb * 1024,
    // Against clients that send a byte now and then to keep a socket busy.
    http: {
      headersTimeout: Math.min(headersTimeoutMs, requestTimeoutMs),
      connectionsCheckingInterval: Math.min(1_000, headersTimeoutMs / 2),
    },
    requestTimeout: requestTimeoutMs,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    keepAliveTimeout: keepAliveTimeoutMs,
    // While closing, requests on connections that are still busy are answered, not turned away.
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => void answerFault(error, request, reply),
  });
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler(answerFault);
  app.setNotFoundHandler(answerNotFound);
  const load = createLoad(config);
  shedLoad(app, { load, bodyLimitBytes: bodyLimitKb * 1024 });
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
  });

  const sockets = trackSockets(app.server, config);
  app.addHook('preClose', (done) => {
    sockets.closeIdle();
    done();
  });
  return Object.assign(app, { load });
}
