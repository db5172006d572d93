import { GraphQLError } from 'graphql';
import type { SubgraphResult, TransportLog } from './Transport.ts';

/** What can be wrong with a subgraph as a whole. */
export type FaultCode = 'SUBGRAPH_UNAVAILABLE' | 'SUBGRAPH_TIMEOUT' | 'SUBGRAPH_INVALID_RESPONSE';

const explanations: Record<FaultCode, string> = {
  SUBGRAPH_UNAVAILABLE:
    'is not working at the moment, so its fields are missing. Try again; if it lasts, tell the operator of this service.',
  SUBGRAPH_TIMEOUT:
    'did not answer in time, so its fields are missing. Ask for less at once, or try again in a moment.',
  SUBGRAPH_INVALID_RESPONSE:
    'gave an answer that makes no sense, so its fields are missing. Tell the operator of this service.',
};

/**
 * The result of a fetch that failed as a whole: clients learn the subgraph and what to do, never where it
 * is; the log gets the cause.
 */
export function subgraphFault(
  code: FaultCode,
  subgraph: string,
  cause: unknown,
  log: TransportLog,
): SubgraphResult {
  // That a client went away is no fault of the subgraph.
  const level = isNamed(cause, 'AbortError') ? 'debug' : 'warn';
  log[level]({ subgraph, code, err: cause }, 'a fetch from a subgraph failed');
  const message = `The subgraph "${subgraph}" ${explanations[code]}`;
  return { data: null, errors: [new GraphQLError(message, { extensions: { code, subgraph } })] };
}

/** The result of a fetch that was ended by `error`, the time limit among them. */
export function failedFetch(error: unknown, subgraph: string, log: TransportLog): SubgraphResult {
  const code = isNamed(error, 'TimeoutError') ? 'SUBGRAPH_TIMEOUT' : 'SUBGRAPH_UNAVAILABLE';
  return subgraphFault(code, subgraph, error, log);
}

function isNamed(error: unknown, name: string) {
  return error instanceof DOMException && error.name === name;
}
