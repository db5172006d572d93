import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GRAPHQL_PATH } from '../../subgraphs/shared/http/serveGraphQL.ts';
import type { Freshness } from '../policy/responses/Freshness.ts';
import { entityTag, isKnown } from './entityTag.ts';

/**
 * Says of each GraphQL answer who may keep it: nobody, but for those that `tell` is told are fresh for everybody. A GET
 * of such a one has an `ETag`, and is answered with status 304 to who has the answer already.
 * @param vary The headers of requests that change answers.
 */
export function addCacheHeaders(
  app: FastifyInstance,
  vary: readonly string[],
): (request: FastifyRequest, freshness: Freshness | undefined) => void {
  const fresh = new WeakMap<FastifyRequest, Freshness>();
  app.addHook('onSend', (request, reply, payload, done) => {
    if (request.routeOptions.url !== GRAPHQL_PATH) return done();
    const freshness = reply.statusCode === 200 ? fresh.get(request) : undefined;
    if (!freshness) {
      if (!reply.hasHeader('cache-control'))
        void reply.header('cache-control', 'private, no-store');
      return done();
    }
    void reply
      .header('cache-control', `public, max-age=${freshness.maxAgeS}`)
      .header('age', freshness.ageS)
      .header('vary', [reply.getHeader('vary') ?? [], ...vary].flat().join(', '));
    if (request.method === 'POST' || typeof payload !== 'string') return done();
    const tag = entityTag(payload);
    void reply.header('etag', tag);
    if (!isKnown(tag, request)) return done();
    void withoutContent(reply).code(304);
    return done(null, null);
  });
  return (request, freshness) => {
    if (freshness) fresh.set(request, freshness);
  };
}

const withoutContent = (reply: FastifyReply) =>
  reply.removeHeader('content-type').removeHeader('content-length');
