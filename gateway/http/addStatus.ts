import type { HttpServer } from '../../subgraphs/shared/http/createHttpServer.ts';
import type { Readiness } from './addReadiness.ts';
import { createStatus } from './createStatus.ts';
import { sendStatusPage } from './sendStatusPage.ts';

/**
 * Serves `/status`: how the gateway is, as a page for people, or as JSON to who asks for that by `Accept` or
 * `?format=json`.
 */
export function addStatus(app: HttpServer, readiness: () => Promise<Readiness>): void {
  app.get<{ Querystring: { format?: unknown } }>('/status', async (request, reply) => {
    const status = createStatus(app, await readiness());
    void reply.header('cache-control', 'no-store').header('vary', 'accept');
    if (request.query.format === 'json' || prefersJson(request.headers.accept)) return status;
    return sendStatusPage(app, reply, status);
  });
}

/** Browsers name HTML; programs that want JSON name that, and not HTML. */
const prefersJson = (accept = '') =>
  accept.includes('application/json') && !accept.includes('html');
