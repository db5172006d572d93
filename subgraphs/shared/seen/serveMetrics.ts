import type { FastifyInstance, FastifyReply } from 'fastify';
import { isFromHere } from '../http/isFromHere.ts';
import type { Seen } from './Seen.ts';

export const METRICS_PATH = '/metrics';

/** Who has this scope, or `*`, reads metrics from anywhere. */
const SCOPE = 'metrics';

/** Serves `/metrics`, in Prometheus' text format, to those who may read it; others are told who may. */
export function serveMetrics(app: FastifyInstance, { metrics, access, viewerOf }: Seen): void {
  if (access === 'off') return;
  app.get(METRICS_PATH, async (request, reply) => {
    const { scopes, subject } = viewerOf(request);
    const isAllowed =
      scopes.includes(SCOPE) || scopes.includes('*') || (access === 'local' && isFromHere(request));
    if (!isAllowed) return refuse(reply, subject !== null);
    const text = await metrics.read().catch(() => undefined);
    return text === undefined
      ? unanswered(reply)
      : reply.type(metrics.contentType).header('cache-control', 'no-store').send(text);
  });
}

const refuse = (reply: FastifyReply, isKnown: boolean) =>
  send(
    reply.code(isKnown ? 403 : 401),
    isKnown ? 'FORBIDDEN' : 'UNAUTHENTICATED',
    `Metrics are for those who run this service: send a key with the scope "${SCOPE}" (npm run keys -- create … --scope ${SCOPE}), or ask on the machine itself, not through a proxy, where METRICS=local is set.`,
  );

const unanswered = (reply: FastifyReply) =>
  send(
    reply.code(503).header('retry-after', '5'),
    'SERVICE_UNAVAILABLE',
    'A worker has not told its metrics in time: ask again.',
  );

const send = (reply: FastifyReply, code: string, message: string) =>
  reply
    .type('application/json; charset=utf-8')
    .send({ errors: [{ message, extensions: { code } }] });
