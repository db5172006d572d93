import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What HTTP itself can go wrong with, answered in the shape of a GraphQL answer: never HTML, never a stack. */
interface Fault {
  status: number;
  code: string;
  message: string;
}

/** Answers an error that arose before or outside of GraphQL. What nobody foresaw is logged under the request's id. */
export function answerFault(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const fault = faultOf(error, request);
  if (fault) return send(reply, fault);

  const { id } = request;
  request.log.error({ err: error, id }, 'unexpected error');
  return reply
    .code(500)
    .type('application/json; charset=utf-8')
    .send({
      errors: [
        {
          message: `Something went wrong on our side. Ask the operator of this service about ${id}.`,
          extensions: { code: 'INTERNAL_SERVER_ERROR', id },
        },
      ],
    });
}

export function answerNotFound(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return send(reply, {
    status: 404,
    code: 'NOT_FOUND',
    message: 'There is nothing here. The GraphQL endpoint is /graphql.',
  });
}

export function answerWrongMethod(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.header('allow', 'GET, POST');
  return send(reply, {
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    message: 'Send GraphQL by POST, or a query by GET.',
  });
}

/** Answers a request whose body is in an encoding that is not read. */
export function answerUnreadable(reply: FastifyReply, message: string): FastifyReply {
  return send(reply, { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', message });
}

/** A name or an address, and perhaps a port. */
const HOST = /^(?:[a-z0-9._~-]+|\[[0-9a-f:.]+\])(?::\d{0,5})?$/i;

/** What a proxy on the way may have read in one of two headers, and we would in the other. */
const ONCE = new Set(['host', 'content-type', 'authorization']);

/**
 * Refuses a request that does not name its host, once, as HTTP/1.1 asks for, or that says twice what can be said
 * once only. Source: RFC 9112, section 3.2; RFC 9110, section 5.3.
 */
export async function refuseAmbiguousHeaders(
  { headers, raw }: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const { host } = headers;
  if (host === undefined) {
    return raw.httpVersion === '1.0' ? undefined : badRequest(reply, 'Send the header Host.');
  }
  if (!HOST.test(host)) return badRequest(reply, 'The Host header is not a valid host.');
  const seen = new Set<string>();
  for (let index = 0; index < raw.rawHeaders.length; index += 2) {
    const name = raw.rawHeaders[index]?.toLowerCase() ?? '';
    if (!ONCE.has(name)) continue;
    if (seen.has(name)) return badRequest(reply, `Send the header ${name} once.`);
    seen.add(name);
  }
  return undefined;
}

const badRequest = (reply: FastifyReply, message: string) =>
  send(reply, { status: 400, code: 'BAD_REQUEST', message });

/** Answers a request that expects of us what we do not know; Fastify does not see it. */
export function answerExpectation(_request: IncomingMessage, response: ServerResponse): void {
  const fault = {
    code: 'BAD_REQUEST',
    message: 'The header Expect may only say 100-continue: leave it out.',
  };
  const body = JSON.stringify(asGraphQL(fault));
  response
    .writeHead(417, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      connection: 'close',
    })
    .end(body);
}

/** Answers what is not even HTTP, or came too slowly, straight on the socket. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, ...fault } = clientFault(error.code);
  const body = JSON.stringify(asGraphQL(fault));
  socket.write(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n` +
      `content-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\n` +
      `connection: close\r\n\r\n${body}`,
  );
  socket.destroySoon();
}

function clientFault(code: string | undefined): Fault {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, code: 'REQUEST_TIMEOUT', message: 'The request came too slowly.' };
    case 'HPE_HEADER_OVERFLOW':
      return {
        status: 431,
        code: 'HEADERS_TOO_LARGE',
        message: 'The headers are too large: send long queries by POST.',
      };
    default:
      return { status: 400, code: 'BAD_REQUEST', message: 'This is not an HTTP request.' };
  }
}

function faultOf(error: unknown, request: FastifyRequest): Fault | undefined {
  const code = property(error, 'code');
  const statusCode = property(error, 'statusCode');
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return {
      status: 413,
      code: 'BODY_TOO_LARGE',
      message: `The body is larger than the ${request.routeOptions.bodyLimit / 1024} kB that are read here: ask for less at once.`,
    };
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'Send the body with the header content-type: application/json.',
    };
  }
  if (code === 'ERR_INVALID_URL') {
    return { status: 400, code: 'BAD_REQUEST', message: 'The Host header is not a valid host.' };
  }
  if (error instanceof SyntaxError || String(code).endsWith('_JSON_BODY')) {
    return {
      status: 400,
      code: 'BAD_REQUEST',
      message: 'The body is not valid JSON. Send {"query": "…"}, with "variables" as needed.',
    };
  }
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return {
      status: statusCode,
      code: 'BAD_REQUEST',
      message: error instanceof Error ? error.message : 'Bad request',
    };
  }
  return undefined;
}

function property(value: unknown, name: 'code' | 'statusCode'): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function send(reply: FastifyReply, { status, ...fault }: Fault) {
  return reply.code(status).type('application/json; charset=utf-8').send(asGraphQL(fault));
}

function asGraphQL({ message, code }: Omit<Fault, 'status'>) {
  return { errors: [{ message, extensions: { code } }] };
}
