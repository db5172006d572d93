import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { GraphQLError } from 'graphql';
import type { LoadConfig } from '../load/loadSettings.ts';
import { RETRY_AFTER_S } from '../load/overloaded.ts';
import type { HttpServer } from './createHttpServer.ts';
import { forRequest } from './tellRequestId.ts';
import { formatErrors, type FormatError } from './writeAnswer.ts';

export interface CloseSettings extends Pick<LoadConfig, 'shutdownDelayMs' | 'shutdownGraceMs'> {
  formatError: FormatError;
  /** What is left to do when nobody is answered any more. */
  afterwards(): Promise<void>;
}

/** The last answers are on their way by then. */
const LAST_ANSWERS_MS = 250;

/**
 * Makes what closes a server in order: it says that it is not ready, goes on for the delay all the same, lets
 * requests in flight finish within their grace, and then ends them with status 503. All calls are one.
 */
export function createClose(
  app: HttpServer,
  { shutdownDelayMs, shutdownGraceMs, formatError, afterwards }: CloseSettings,
): (hurry?: AbortSignal) => Promise<void> {
  let closing: Promise<void> | undefined;

  const endWith503 = (reply: FastifyReply, error: GraphQLError) => {
    const { raw: response } = reply;
    if (response.headersSent || response.destroyed) return;
    reply.hijack();
    response.writeHead(503, {
      'content-type': 'application/json; charset=utf-8',
      'retry-after': String(RETRY_AFTER_S),
      connection: 'close',
    });
    response.end(
      `${JSON.stringify({ errors: formatErrors([error], forRequest(formatError, reply.request.id)) })}\n`,
    );
  };
  const cutOff = async () => {
    app.load.cutOff(endWith503);
    await sleep(LAST_ANSWERS_MS);
    app.server.closeAllConnections();
  };

  const close = async (hurry?: AbortSignal) => {
    app.load.stop();
    // Nobody has to learn of a process in whose place another one answers.
    if (!app.load.isRetired()) await wait(shutdownDelayMs, hurry);
    const closed = new AbortController();
    const grace = wait(shutdownGraceMs, hurry, closed.signal).then(() =>
      closed.signal.aborted ? undefined : cutOff(),
    );
    await app.close();
    closed.abort();
    await grace;
    await afterwards();
  };
  return (hurry) => (closing ??= close(hurry));
}

/** Waits, but no longer than until one of the signals aborts. */
async function wait(ms: number, ...signals: (AbortSignal | undefined)[]): Promise<void> {
  const signal = AbortSignal.any(signals.filter((each) => each !== undefined));
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
