import type { FastifyInstance } from 'fastify';

/**
 * Writes one line to the log for each request that is answered: its id, method, route, status, time and the bytes of
 * the answer. Of what clients send there is nothing else in it: no query string, header, document or variable.
 */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async ({ id, method, routeOptions, log }, reply) => {
    log.info(
      {
        id,
        method,
        // The pattern of the route; of addresses that are not ours nothing is kept.
        route: routeOptions.url ?? null,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        bytes: Number(reply.getHeader('content-length') ?? 0),
      },
      'request',
    );
  });
}
