import type { WebsocketHandler } from '@fastify/websocket';
import type { FastifyRequest } from 'fastify';
import {
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  type DocumentNode,
  type ExecutionResult,
} from 'graphql';
import { MessageType, stringifyMessage, type PingMessage } from 'graphql-ws';
import { makeHandler } from 'graphql-ws/use/@fastify/websocket';
import type { IncomingHttpHeaders } from 'node:http';
import { Refused } from '../../subgraphs/shared/authentication/Refused.ts';
import { refusal } from '../../subgraphs/shared/http/refusal.ts';
import type { RequestPolicy } from '../../subgraphs/shared/http/RequestPolicy.ts';
import { forRequest } from '../../subgraphs/shared/http/tellRequestId.ts';
import { formatErrors, type FormatError } from '../../subgraphs/shared/http/writeAnswer.ts';
import { isRecord } from '../../subgraphs/shared/isRecord.ts';
import { HEARTBEAT_MS } from '../../subgraphs/shared/live/sendEvents.ts';
import type { Streams } from '../../subgraphs/shared/load/createStreams.ts';
import type { OperationResult } from '../execution/createExecutor.ts';
import type { Follow, Follower } from './createFollow.ts';
import { writeResult } from './writeEvents.ts';

export interface SocketSettings {
  policy: RequestPolicy;
  streams: Streams;
  clientOf(request: FastifyRequest): string;
  /** Parses a client's document. Throws a GraphQLError when it is no good. */
  parse(text: string): DocumentNode;
  follow: Follow;
  contextOf(request: FastifyRequest): Follower['context'];
  /** Lets in who shows such headers in his first message. Rejects with `Refused`. */
  admit(request: FastifyRequest, shown: IncomingHttpHeaders): Promise<void>;
  /** Whether a page of that origin may ask here. */
  isAllowed(origin: string, request: FastifyRequest): boolean;
  formatError: FormatError;
}

/** What is known of an operation when it has been let in. */
interface Entered {
  request: FastifyRequest;
  headers: IncomingHttpHeaders;
  client: string;
  /** Tells the client that from now on it misses nothing. */
  tellStanding(): void;
}

/** A browser can't send headers with a WebSocket: it shows who it is in the message that begins the connection. */
const SHOWN = ['authorization', 'x-api-key'];

/** https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md, and RFC 6455, 7.4.1. */
const FORBIDDEN = 4403;
const TRY_AGAIN_LATER = 1013;
/** What a frame that closes has room for: RFC 6455, 5.5. */
const REASON_BYTES = 123;

/**
 * Makes what serves subscriptions over WebSocket, by the protocol graphql-transport-ws of the library graphql-ws:
 * with the rights, limits and policies of any request. Queries and mutations are better asked by POST, and refused.
 * When a subscription stands, the client gets the protocol's `ping` with `{"following": id}`: what changes afterwards it is told.
 */
export function createSocketHandler(settings: SocketSettings): WebsocketHandler {
  const { policy, streams, parse, follow, contextOf, clientOf, admit, isAllowed } = settings;
  const formatFor = ({ id }: FastifyRequest) => forRequest(settings.formatError, id);

  async function* answers(
    { document, operationName, variableValues }: SocketArguments,
    { request, headers, client, tellStanding }: Entered,
  ): AsyncGenerator<ExecutionResult> {
    const leave = new AbortController();
    const leaving = () => leave.abort();
    request.socket.once('close', leaving);
    const told = (result: OperationResult) =>
      JSON.parse(writeResult(result, formatFor(request))) as ExecutionResult;
    try {
      streams.enter(client, leave.signal);
      const events = await follow(
        { document, operationName: operationName ?? undefined, variables: variableValues ?? {} },
        { headers, context: contextOf(request), signal: leave.signal },
      );
      if (!(Symbol.asyncIterator in events)) {
        yield told({ errors: events });
        return;
      }
      tellStanding();
      for await (const { result } of events) if (result) yield told(result);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      yield told({ errors: [error] });
    } finally {
      request.socket.off('close', leaving);
      leave.abort();
    }
  }

  return makeHandler(
    {
      async onConnect({ connectionParams, extra: { request, socket } }) {
        const { origin } = request.headers;
        if (origin !== undefined && !isAllowed(origin, request)) {
          socket.close(FORBIDDEN, 'Forbidden');
          return false;
        }
        try {
          await admit(request, shownIn(connectionParams));
          return true;
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          const code = error.status === 429 ? TRY_AGAIN_LATER : FORBIDDEN;
          socket.close(code, shortened(error.message, REASON_BYTES));
          return false;
        }
      },
      async onSubscribe({ connectionParams, extra: { request, socket } }, id, payload) {
        try {
          const sent = { ...payload } as Record<string, unknown>;
          const parameters = policy.resolve ? await policy.resolve(sent, request) : sent;
          const { query, operationName, variables } = parameters;
          if (typeof query !== 'string') throw refusal('Send a `query`.', { code: 'BAD_REQUEST' });
          policy.inspect?.(query, parameters);
          const document = parse(query);
          policy.found?.(document, request);
          const name = typeof operationName === 'string' ? operationName : undefined;
          if (getOperationAST(document, name)?.operation !== OperationTypeNode.SUBSCRIPTION) {
            throw onlySubscriptions();
          }
          const entered: Entered = {
            request,
            headers: { ...request.headers, ...shownIn(connectionParams) },
            client: clientOf(request),
            tellStanding() {
              const ping: PingMessage = { type: MessageType.Ping, payload: { following: id } };
              socket.send(stringifyMessage(ping));
            },
          };
          return {
            document,
            operationName: name,
            variableValues: isRecord(variables) ? variables : {},
            contextValue: entered,
            // Not asked for anything: documents are parsed, validated and carried out here.
            schema: undefined as never,
          };
        } catch (error) {
          if (!(error instanceof GraphQLError)) throw error;
          const [told] = formatErrors([error], formatFor(request));
          return [new GraphQLError(told?.message ?? '', { ...error, ...told })];
        }
      },
      subscribe: (given) => {
        const { contextValue, ...operation } = given;
        return answers(operation, contextValue as Entered);
      },
      isProd: true,
    },
    HEARTBEAT_MS,
  );
}

interface SocketArguments {
  document: DocumentNode;
  operationName?: string | null;
  variableValues?: Record<string, unknown> | null;
}

const onlySubscriptions = () =>
  refusal(
    'Over WebSocket there are subscriptions only: name one in `operationName` when there are several, and ask for anything else by POST.',
    { code: 'BAD_REQUEST' },
  );

function shownIn(parameters: Readonly<Record<string, unknown>> | undefined) {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(parameters ?? {})) {
    if (SHOWN.includes(name.toLowerCase()) && typeof value === 'string') {
      shown[name.toLowerCase()] = value;
    }
  }
  return shown;
}

/** The beginning of a text, of so many bytes at most. */
function shortened(text: string, bytes: number): string {
  let end = text.length;
  while (Buffer.byteLength(text.slice(0, end)) > bytes) end -= 1;
  return text.slice(0, end);
}
