import { randomUUID } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import { shortError } from '../../subgraphs/shared/shortError.ts';

export interface FormatErrorSettings {
  /** When off, messages do not suggest names of the schema. */
  introspection: boolean;
  log: Pick<FastifyBaseLogger, 'error'>;
}

/** Codes that stand for no more than that something went wrong. */
const unexpectedCodes = new Set<unknown>(['INTERNAL_SERVER_ERROR', 'DOWNSTREAM_SERVICE_ERROR']);

/** Codes by which a subgraph complains of the request that the gateway made, not of the client's. */
const complaintsOfGateway = new Set<unknown>([
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
]);

/** What is said instead of Apollo's words, which are addressed to those who run the server. */
const rewordings: Record<string, string> = {
  INTROSPECTION_DISABLED:
    "The schema can't be read here (__schema, __type): ask the operator of this service for it.",
};

/**
 * Decides what clients see of an error. Those thrown on purpose, here or in a subgraph, keep message and
 * code; all others are logged whole under an id, and clients see no more than that id. One cause has one
 * id, however many fields it took away.
 */
export function createFormatError({ introspection, log }: FormatErrorSettings) {
  const seen = new WeakMap<object, { id: string; requests: Set<string | undefined> }>();

  const logOnce = (cause: object, requestId: string | undefined, details: object) => {
    const known = seen.get(cause);
    if (!known) {
      const id = randomUUID();
      seen.set(cause, { id, requests: new Set([requestId]) });
      log.error({ id, requestId, err: cause, ...details }, 'unexpected error');
      return id;
    }
    // Equal requests are carried out once: each of them finds its id in the log.
    if (!known.requests.has(requestId)) {
      known.requests.add(requestId);
      log.error({ id: known.id, requestId }, 'the same error, of an equal request');
    }
    return known.id;
  };

  return (
    formatted: GraphQLFormattedError,
    error: unknown,
    requestId?: string,
  ): GraphQLFormattedError => {
    const { message, locations, path, extensions } = formatted;
    const { subgraph, code, ...others } = publicExtensions(extensions ?? {});
    const unexpected =
      unexpectedCodes.has(code) || (subgraph !== undefined && complaintsOfGateway.has(code));
    if (!unexpected) {
      const words = rewordings[String(others['validationErrorCode'])] ?? message.trim();
      return shortError({
        message: introspection ? words : words.replace(/ ?Did you mean .+\?$/, ''),
        locations,
        path,
        extensions: { code, subgraph, ...others },
      });
    }
    const id = logOnce(rootCause(error), requestId, { subgraph, path, message });
    return {
      message: `Something went wrong on our side. Ask the operator of this service about ${id}.`,
      locations,
      path,
      extensions: { code: 'INTERNAL_SERVER_ERROR', subgraph, id },
    };
  };
}

/** Details by which servers are found or read, and texts that hold an address or a line of a stack. */
const inward =
  /^(stack(trace)?|trace|debug(info)?|exception|cause|request|query|variables|url|uri|host(name)?|address|port|ip|file|line|service|server)$/i;
const inwardText = /\b[a-z][a-z+]*:\/\/|\bat .+:\d+:\d+|\b\d{1,3}(\.\d{1,3}){3}\b/i;

/** Without what errors bring along for their own developers, and with Apollo's name for the subgraph as ours. */
function publicExtensions({
  serviceName,
  stacktrace: _stacktrace,
  exception: _exception,
  response: _response,
  http: _http,
  ...extensions
}: Record<string, unknown>): Record<string, unknown> {
  const open = Object.entries(extensions).filter(
    ([key, value]) => !inward.test(key) && !(typeof value === 'string' && inwardText.test(value)),
  );
  return { subgraph: serviceName, ...Object.fromEntries(open) };
}

function rootCause(error: unknown): object {
  if (typeof error !== 'object' || error === null) return new Error(String(error));
  const original: unknown = Reflect.get(error, 'originalError');
  return typeof original === 'object' && original !== null ? rootCause(original) : error;
}
