import { fastify, LogController, type FastifyInstance } from 'fastify';
import type { LogLevel } from '../settings.ts';
import {
  answerClientError,
  answerExpectation,
  answerFault,
  answerNotFound,
  refuseWithoutHost,
} from './httpFaults.ts';
import { readJson } from './readJson.ts';
import { refuseEncodings } from './refuseEncodings.ts';
import { logRequests } from './logRequests.ts';
import { requestIdOf } from './requestId.ts';
import { trackSockets } from './trackSockets.ts';

export interface HttpServerSettings {
  /** Larger bodies are refused with status 413. */
  bodyLimitKb: number;
  /** The proxies whose word on the address of a client is taken; none where it is left out. */
  trustProxy?: readonly string[];
  logLevel: LogLevel;
  /** Whether each request is a line of the log. */
  accessLog?: boolean;
}

/**
 * A Fastify server on which every fault is answered as JSON in the shape of a GraphQL answer. Its `log`
 * writes to standard error, so that standard output stays free for what people read.
 */
export function createHttpServer({
  bodyLimitKb,
  trustProxy = [],
  logLevel,
  accessLog = false,
}: HttpServerSettings): FastifyInstance {
  const app: FastifyInstance = fastify({
    logger: { level: logLevel, stream: process.stderr },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitKb * 1024,
    trustProxy: trustProxy.length ? [...trustProxy] : false,
    genReqId: requestIdOf,
    // Against clients that send or read a byte now and then to keep a socket busy. Load balancers
    // keep idle connections for 60 s: ours must last longer, or they meet closed ones.
    http: {
      headersTimeout: 5_000,
      connectionsCheckingInterval: 1_000,
      // Else Node itself answers, with an empty body.
      requireHostHeader: false,
    },
    requestTimeout: 30_000,
    connectionTimeout: 120_000,
    keepAliveTimeout: 65_000,
    // While closing, requests on connections that are still busy are answered, not turned away.
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => void answerFault(error, request, reply),
  });
  app.removeContentTypeParser('text/plain');
  readJson(app);
  app.setErrorHandler(answerFault);
  app.setNotFoundHandler(answerNotFound);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('x-request-id', request.id);
  });

  app.addHook('onRequest', refuseWithoutHost);
  app.addHook('onRequest', refuseEncodings);
  app.server.on('checkExpectation', answerExpectation);
  if (accessLog) logRequests(app);

  const sockets = trackSockets(app.server);
  app.addHook('preClose', (done) => {
    sockets.closeIdle();
    done();
  });
  return app;
}
