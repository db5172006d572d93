import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isLoopback } from '../rates/addressGroup.ts';
import type { Seen } from './Seen.ts';

export const METRICS_PATH = '/metrics';

/** Who has this scope, or `*`, reads metrics from anywhere. */
const SCOPE = 'metrics';

/** Headers that only proxies send. */
const OF_PROXIES = ['forwarded', 'via', 'x-real-ip', 'x-forwarded-for', 'x-forwarded-host'];
const PROXIED = [...OF_PROXIES, 'x-forwarded-proto', 'x-forwarded-port', 'x-forwarded-server'];

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

/**
 * Whether a request was sent on this machine by whoever reads the answer. That a proxy on this machine passes on what
 * strangers send shows in headers; that a page in a browser on this machine does, in the name of the host.
 */
function isFromHere({ raw, headers, hostname }: FastifyRequest): boolean {
  return (
    isLoopback(raw.socket.remoteAddress ?? '') &&
    PROXIED.every((name) => headers[name] === undefined) &&
    (hostname === 'localhost' || hostname === '[::1]' || isLoopback(hostname))
  );
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
