import type { WebsocketHandler } from '@fastify/websocket';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { getOperationAST, OperationTypeNode, type DocumentNode, type GraphQLError } from 'graphql';
import type { HttpServer } from '../http/createHttpServer.ts';
import { refusal } from '../http/refusal.ts';
import { isRecord } from '../isRecord.ts';
import type { LiveClient, LiveEvent } from './LiveEvent.ts';
import { EVENT_STREAM, sendEvents } from './sendEvents.ts';
import type { SubscriptionRequest } from './subscribeTo.ts';

/**
 * Opens what a client subscribes to: its answers as JSON, or the errors that refuse it as a whole. All that it takes is
 * given back when the client's signal aborts.
 */
export type OpenLive = (
  request: SubscriptionRequest,
  client: LiveClient & { request: FastifyRequest },
) => Promise<readonly GraphQLError[] | AsyncIterable<LiveEvent<string>>>;

/** What a server tells as it happens. */
export interface LiveSettings {
  /** Parses a client's document. Throws a GraphQLError when it is no good. */
  parse(text: string): DocumentNode;
  open: OpenLive;
  /** What serves it over WebSocket, too. */
  socket?: WebsocketHandler;
}

/** Whether a client wants server-sent events. */
export const wantsEvents = ({ headers }: FastifyRequest): boolean =>
  headers.accept?.includes(EVENT_STREAM) ?? false;

/** Answers a request by a stream of events. Throws or gives the errors that refuse it; then nothing was sent. */
export type AnswerLive = (
  request: FastifyRequest,
  reply: FastifyReply,
  parameters: unknown,
  client: string,
) => Promise<readonly GraphQLError[] | undefined>;

/** Makes what answers requests for server-sent events. All streams end when the server stops. */
export function createLive(app: HttpServer, { parse, open }: LiveSettings): AnswerLive {
  const stopping = new AbortController();
  app.addHook('preClose', (done) => {
    stopping.abort();
    done();
  });

  return async (request, reply, parameters, client) => {
    const { query, operationName, variables } = isRecord(parameters) ? parameters : {};
    if (typeof query !== 'string') throw refusal('Send a `query`.', { code: 'BAD_REQUEST' });
    const document = parse(query);
    const name = typeof operationName === 'string' ? operationName : undefined;
    if (getOperationAST(document, name)?.operation !== OperationTypeNode.SUBSCRIPTION) {
      throw refusal(
        'Only a subscription is answered by events: name it in `operationName` when there are several, and ask for anything else with `accept: application/json`.',
        { code: 'BAD_REQUEST' },
      );
    }
    const leave = new AbortController();
    const { signal } = leave;
    const leaving = () => leave.abort();
    reply.raw.once('close', leaving);
    app.load.streams.enter(client, signal);
    try {
      const lastEventId = request.headers['last-event-id'];
      const events = await open(
        { document, operationName: name, variables: readVariables(variables) },
        {
          request,
          signal,
          lastEventId: typeof lastEventId === 'string' && lastEventId ? lastEventId : undefined,
        },
      );
      if (!(Symbol.asyncIterator in events)) {
        leave.abort();
        return events;
      }
      void sendEvents(reply, { events, leave, stopping: stopping.signal });
      return undefined;
    } catch (error) {
      leave.abort();
      throw error;
    }
  };
}

/** In the address of a GET, variables are a text. */
function readVariables(given: unknown): Record<string, unknown> {
  if (given === undefined || given === null) return {};
  if (isRecord(given)) return given;
  try {
    const read: unknown = typeof given === 'string' ? JSON.parse(given) : undefined;
    if (isRecord(read)) return read;
  } catch {
    // Said below.
  }
  throw refusal('`variables` must be a JSON object.', { code: 'BAD_REQUEST' });
}
