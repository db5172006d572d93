import { fastify, LogController, type FastifyInstance } from 'fastify';
import { createLoad, type Load } from '../load/createLoad.ts';
import { DEFAULT_LOAD, type LoadConfig } from '../load/loadSettings.ts';
import { shedLoad } from '../load/shedLoad.ts';
import type { LogLevel } from '../settings.ts';
import {
  answerClientError,
  answerExpectation,
  answerFault,
  answerNotFound,
  refuseAmbiguousHeaders,
} from './httpFaults.ts';
import { readJson } from './readJson.ts';
import { refuseEncodings } from './refuseEncodings.ts';
import { logRequests } from './logRequests.ts';
import { requestIdOf } from './requestId.ts';
import { tellRequestIds } from './tellRequestId.ts';
import { trackSockets } from './trackSockets.ts';
import { workerName } from './workerName.ts';

export interface HttpServerSettings {
  /** Larger bodies are refused with status 413. */
  bodyLimitKb: number;
  /** The proxies whose word on the address of a client is taken; none where it is left out. */
  trustProxy?: readonly string[];
  logLevel: LogLevel;
  /** Whether each request is a line of the log. */
  accessLog?: boolean;
  load?: LoadConfig;
}

/** A server, and what it bears. */
export type HttpServer = FastifyInstance & { readonly load: Load };

/** Nothing of ours logs these; what libraries add to their errors is not in our hands. */
const SECRET = ['headers', 'variables', 'body', 'authorization'].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
]);

/** Nothing moves on a socket for so long: neither has anybody anything to say, nor is anything carried out. */
const CONNECTION_TIMEOUT_MS = 120_000;

/**
 * A Fastify server on which every fault is answered as JSON in the shape of a GraphQL answer, and which
 * turns away what is more than it can bear. Its `log` writes to standard error, so that standard output
 * stays free for what people read.
 */
export function createHttpServer({
  bodyLimitKb,
  trustProxy = [],
  logLevel,
  accessLog = false,
  load: config = DEFAULT_LOAD,
}: HttpServerSettings): HttpServer {
  const { headersTimeoutMs, requestTimeoutMs, keepAliveTimeoutMs } = config;
  const app: FastifyInstance = fastify({
    logger: { level: logLevel, stream: process.stderr, redact: SECRET, ...workerName() },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitKb * 1024,
    trustProxy: trustProxy.length ? [...trustProxy] : false,
    genReqId: requestIdOf,
    // Against clients that send a byte now and then to keep a socket busy.
    http: {
      headersTimeout: Math.min(headersTimeoutMs, requestTimeoutMs),
      connectionsCheckingInterval: Math.min(1_000, headersTimeoutMs / 2),
      // Else Node itself answers, with an empty body.
      requireHostHeader: false,
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
  readJson(app);
  app.setErrorHandler(answerFault);
  app.setNotFoundHandler(answerNotFound);
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-content-type-options', 'nosniff').header('x-request-id', request.id);
    done();
  });
  tellRequestIds(app);
  const load = createLoad(config);
  shedLoad(app, { load, bodyLimitBytes: bodyLimitKb * 1024 });

  app.addHook('onRequest', refuseAmbiguousHeaders);
  app.addHook('onRequest', refuseEncodings);
  app.server.on('checkExpectation', answerExpectation);
  if (accessLog) logRequests(app);

  const sockets = trackSockets(app.server, config);
  app.addHook('preClose', (done) => {
    sockets.closeIdle();
    done();
  });
  return Object.assign(app, { load });
}
