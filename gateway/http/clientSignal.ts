import type { FastifyReply } from 'fastify';

/** A signal that aborts when the client goes away before it has its answer. It ends with the answer. */
export function clientSignal({ raw: response }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}
