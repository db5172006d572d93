import { GraphQLError } from 'graphql';
import {
  isMutation,
  type SubgraphRequest,
  type SubgraphResult,
  type TransportLog,
} from './Transport.ts';

/** What can be wrong with a subgraph as a whole. */
export type FaultCode =
  'SUBGRAPH_UNAVAILABLE' | 'SUBGRAPH_TIMEOUT' | 'SUBGRAPH_INVALID_RESPONSE' | 'SUBGRAPH_OVERLOADED';

/** How a fetch failed, for those who decide whether it is tried again. */
export interface Fault {
  code: FaultCode;
  /** Whether the same read may well succeed when it is tried again at once. */
  isPassing?: boolean;
  /** Whether it tells that the subgraph is ill: a client that left does not, nor one that asked for too much. */
  isIllness?: boolean;
  /** After how long the subgraph itself wants to be asked again. */
  retryAfterMs?: number | undefined;
  /** Whether nothing was sent, so that nothing can have been done. */
  isUnsent?: boolean;
}

export interface FaultDetails extends Omit<Fault, 'code'> {
  request?: SubgraphRequest | undefined;
}

const explanations: Record<FaultCode, string> = {
  SUBGRAPH_UNAVAILABLE:
    'is not working at the moment, so its fields are missing. Try again; if it lasts, tell the operator of this service.',
  SUBGRAPH_TIMEOUT:
    'did not answer in time, so its fields are missing. Ask for less at once, or try again in a moment.',
  SUBGRAPH_INVALID_RESPONSE:
    'gave an answer that makes no sense, so its fields are missing. Tell the operator of this service.',
  SUBGRAPH_OVERLOADED:
    'is asked for too much at the moment, so its fields are missing. Try again in a moment.',
};

const OPEN_END =
  ' The change may or may not have been carried out: look before you try again, or send it again with the same idempotency key.';
const UNDONE = ' The change was not carried out.';

/**
 * The result of a fetch that failed as a whole: clients learn the subgraph and what to do, never where it
 * is; the log gets the cause.
 */
export function subgraphFault(
  code: FaultCode,
  subgraph: string,
  cause: unknown,
  log: TransportLog,
  { request, ...details }: FaultDetails = {},
): SubgraphResult {
  // That a client went away is no fault of the subgraph; what is refused unsent was told when it began.
  const isQuiet = isNamed(cause, 'AbortError') || details.isUnsent;
  log[isQuiet ? 'debug' : 'warn']({ subgraph, code, err: cause }, 'a fetch from a subgraph failed');
  const changes = request !== undefined && isMutation(request);
  const ending = !changes ? '' : details.isUnsent ? UNDONE : OPEN_END;
  const message = `The subgraph "${subgraph}" ${explanations[code]}${ending}`;
  const retryable = code !== 'SUBGRAPH_INVALID_RESPONSE' && (!changes || details.isUnsent === true);
  const { retryAfterMs } = details;
  const retryAfter =
    retryable && retryAfterMs !== undefined
      ? { retryAfter: Math.max(1, Math.ceil(retryAfterMs / 1_000)) }
      : {};
  const extensions = { code, subgraph, retryable, ...retryAfter };
  return {
    data: null,
    errors: [new GraphQLError(message, { extensions })],
    fault: { code, ...details },
  };
}

/** The result of a fetch that was ended by `error`, the time limit among them. */
export function failedFetch(
  error: unknown,
  subgraph: string,
  log: TransportLog,
  request?: SubgraphRequest,
): SubgraphResult {
  if (isNamed(error, 'TimeoutError')) {
    return subgraphFault('SUBGRAPH_TIMEOUT', subgraph, error, log, { request, isIllness: true });
  }
  const isFault = !isNamed(error, 'AbortError');
  const isUnsent = unsentCodes.has(codeOf(error));
  const details = { request, isPassing: isFault, isIllness: isFault, isUnsent: isUnsent };
  // A refused connection is worth a warning, though nothing was sent.
  if (isUnsent) log.warn({ subgraph, err: error }, 'a subgraph can not be reached');
  return subgraphFault('SUBGRAPH_UNAVAILABLE', subgraph, error, log, details);
}

/** Errors of connections that were never made. */
const unsentCodes = new Set<unknown>([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The code of an error of Node's or undici's. */
export function codeOf(error: unknown): unknown {
  return error instanceof Error ? Reflect.get(error, 'code') : undefined;
}

function isNamed(error: unknown, name: string) {
  return error instanceof DOMException && error.name === name;
}
