import { setMaxListeners } from 'node:events';
import type { FastifyReply } from 'fastify';

/** A signal that aborts when the client goes away before it has its answer. It ends with the answer. */
export function clientSignal({ raw: response }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  // Every fetch that is under way listens: their number is no sign of a leak.
  setMaxListeners(0, controller.signal);
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}
