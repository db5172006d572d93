import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addressGroup } from '../rates/addressGroup.ts';
import type { Load, ShedReason } from './createLoad.ts';
import { overloadedAnswer, RETRY_AFTER_S } from './overloaded.ts';
import { LARGE_ANSWER_BYTES } from './watchReaders.ts';

/** Those who watch a server are answered just when it has much to do. */
const EXEMPT = new Set(['/healthz', '/readyz', '/metrics', '/status']);

/** Bodies up to here are not counted: what connections may hold bounds them. */
const SMALL_BODY_BYTES = 16 * 1024;

export interface SheddingSettings {
  load: Load;
  bodyLimitBytes: number;
}

/**
 * Turns requests away that `load` has no room for, before anything else is done for them: with status 503, and when
 * to come again. It has to hook itself to `app` before whatever costs something.
 */
export function shedLoad(app: FastifyInstance, { load, bodyLimitBytes }: SheddingSettings): void {
  const turnAway = (reply: FastifyReply, reason: ShedReason) => {
    load.countShed(reason);
    void reply
      .code(503)
      .header('retry-after', RETRY_AFTER_S)
      .type('application/json; charset=utf-8')
      .send(overloadedAnswer(reply.request.id));
  };

  /** Takes room for a large body until it is read; the reason when there is none. */
  const reserveBody = ({ ip, headers }: FastifyRequest, { raw: response }: FastifyReply) => {
    const length = headers['content-length'];
    if (length === undefined && headers['transfer-encoding'] === undefined) return undefined;
    // One that is larger than the limit is not read at all.
    const bytes = length === undefined ? bodyLimitBytes : Math.min(Number(length), bodyLimitBytes);
    if (bytes <= SMALL_BODY_BYTES) return undefined;
    const client = addressGroup(ip);
    if (!load.bodies.take(client, bytes)) return 'bodies';
    // What was read is let go together with the request.
    response.once('close', () => load.bodies.give(client, bytes));
    return undefined;
  };

  app.addHook('onRequest', (request, reply, done) => {
    const { ip, raw } = request;
    // Nobody is there to read an answer.
    if (raw.socket.destroyed) return;
    const unready = load.unready();
    if (load.endsConnections()) void reply.header('connection', 'close');
    const reason = load.findReason(ip) ?? reserveBody(request, reply);
    if (reason !== undefined && !EXEMPT.has(pathOf(raw.url))) turnAway(reply, reason);
    else if (unready && pathOf(raw.url) === '/readyz') {
      void reply.code(503).send({ status: 'unready', reason: unready });
    } else done();
  });

  app.addHook('onSend', ({ id }, reply, payload, done) => {
    const bytes = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload.length : 0;
    if (bytes < LARGE_ANSWER_BYTES || load.readers.admit(reply.raw, bytes)) {
      done(null, payload);
      return;
    }
    load.countShed('answers');
    void reply
      .code(503)
      .removeHeader('content-length')
      .header('retry-after', RETRY_AFTER_S)
      .type('application/json; charset=utf-8');
    done(null, overloadedAnswer(id));
  });
}

function pathOf(url = '') {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}
