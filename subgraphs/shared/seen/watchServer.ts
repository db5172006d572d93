import type { Load } from '../load/createLoad.ts';
import type { HttpServer } from '../http/createHttpServer.ts';
import { isRecord } from '../isRecord.ts';
import { countErrors } from './countErrors.ts';
import type { Metrics } from './createMetrics.ts';
import type { Counter } from './createTallies.ts';
import type { Seen } from './Seen.ts';

/** Counts every answer of a server, by route and status, and tells how much it bears. */
export function watchServer(app: HttpServer, { metrics, service }: Seen): void {
  const answers = metrics.counter('antq_http_answers_total', 'Answers, by route and HTTP status');
  const known = new Map<string, Counter>();
  app.addHook('onResponse', (request, reply, done) => {
    const { url: route = 'none' } = request.routeOptions;
    const key = `${route} ${reply.statusCode}`;
    let counter = known.get(key);
    if (!counter) {
      counter = answers({ service, route, status: String(reply.statusCode) });
      known.set(key, counter);
    }
    counter.add();
    done();
  });
  // What HTTP itself refuses is an object until it is sent; answers to operations are texts.
  const count = countErrors(metrics, service);
  app.addHook('preSerialization', (_request, _reply, payload, done) => {
    if (isRecord(payload) && Array.isArray(payload['errors'])) {
      for (const error of payload['errors'] as { extensions?: { code?: unknown } }[]) {
        count(error.extensions?.code);
      }
    }
    done(null, payload);
  });
  watchLoad(app.load, metrics, service);
}

function watchLoad(load: Load, { gauge, total }: Metrics, service: string) {
  const of = (read: () => number) => () => [{ labels: { service }, value: read() }];
  gauge(
    'antq_requests_running',
    'GraphQL requests that are being carried out',
    of(() => load.state().running),
  );
  gauge(
    'antq_requests_queued',
    'GraphQL requests that wait for their turn',
    of(() => load.state().queued),
  );
  gauge(
    'antq_body_bytes',
    'Bytes of large bodies that are being read',
    of(() => load.state().bodyBytes),
  );
  gauge(
    'antq_unread_answer_bytes',
    'Bytes of large answers that clients have not read yet',
    of(() => load.state().unreadBytes),
  );
  gauge(
    'antq_unready',
    '1 while the server tells clients to go elsewhere, for it stops or is overloaded',
    of(() => (load.unready() ? 1 : 0)),
    'max',
  );
  total('antq_requests_shed_total', 'Requests that were turned away, by reason', () =>
    Object.entries(load.state().shed).map(([reason, value]) => ({
      labels: { service, reason },
      value,
    })),
  );
}
