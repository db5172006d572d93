import { once } from 'node:events';
import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { LiveEvent } from './LiveEvent.ts';

export interface SendSettings {
  events: AsyncIterable<LiveEvent<string>>;
  /** Ends the work for a client that has gone, or that reads nothing. */
  leave: AbortController;
  /** Aborts when the server stops: clients then connect elsewhere. */
  stopping: AbortSignal;
}

/** The media type of server-sent events. */
export const EVENT_STREAM = 'text/event-stream';

/** A line is sent at least so often: what stands between would else take the connection for dead. */
export const HEARTBEAT_MS = 10_000;
/** Who reads nothing for so long is let go; nothing is lost, for he can come back with his last event. */
const STALL_MS = 30_000;

/**
 * Sends answers as they come, each as a server-sent event, by the protocol of graphql-sse for distinct connections:
 * `next` for each, and `complete` at the end; a stream that breaks off without it goes on elsewhere, after the event
 * whose `id` came last. Waits for slow readers, and asks for no more meanwhile.
 */
export async function sendEvents(
  reply: FastifyReply,
  { events, leave, stopping }: SendSettings,
): Promise<void> {
  const { raw: response } = reply;
  const { signal } = leave;
  reply.hijack();
  response.writeHead(200, {
    ...(reply.getHeaders() as OutgoingHttpHeaders),
    'content-type': `${EVENT_STREAM}; charset=utf-8`,
    'cache-control': 'no-store',
    // What stands before would else keep events back until there are many.
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
  const end = () => leave.abort();
  response.once('close', end);
  stopping.addEventListener('abort', end);
  const write = async (text: string) => {
    if (response.write(text)) return;
    const reading = AbortSignal.any([signal, AbortSignal.timeout(STALL_MS)]);
    await once(response, 'drain', { signal: reading });
  };
  const heartbeat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(':\n\n');
  }, HEARTBEAT_MS);
  try {
    await write(':\n\n');
    for await (const { id, result } of events) {
      if (result !== undefined) await write(toNext(result, id));
      // Said as a comment too: readers of events pass over an id without data.
      else if (id !== undefined) await write(`: ${id}\nid: ${id}\n\n`);
    }
    if (!signal.aborted) response.write('event: complete\ndata:\n\n');
  } catch (error) {
    if (!signal.aborted) reply.log.warn({ err: error }, 'a stream of events broke off');
  } finally {
    clearInterval(heartbeat);
    stopping.removeEventListener('abort', end);
    leave.abort();
    response.end();
  }
}

const toNext = (answer: string, id: string | undefined) =>
  `${id === undefined ? '' : `id: ${id}\n`}event: next\ndata: ${answer.trim()}\n\n`;
