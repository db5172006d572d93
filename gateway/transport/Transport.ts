import type { GraphQLFormattedError } from 'graphql';
import type { ForwardedHeaders } from '../policy/forwardedHeaders.ts';
import type { Viewer } from '../../subgraphs/shared/Viewer.ts';
import type { LiveEvent } from '../../subgraphs/shared/live/LiveEvent.ts';
import type { BreakerState } from './createBreaker.ts';
import type { Fault } from './subgraphFault.ts';

/** What a plan asks of a subgraph. */
export interface SubgraphRequest {
  query: string;
  operationName?: string;
  variables?: Record<string, unknown>;
}

/** What a subgraph answered. Without `data` there are `errors`. */
export interface SubgraphResult {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
  /** What went wrong with the fetch as a whole; `errors` tells it to clients. */
  fault?: Fault;
}

export interface FetchOptions {
  /**
   * The client's request: the same object for all of its fetches. What a transport keeps for one
   * client request hangs on it, and goes with it.
   */
  clientRequest: object;
  /** Who asks. */
  viewer: Viewer;
  /** What the client's own headers pass on. */
  headers?: ForwardedHeaders | undefined;
  /** By which subgraphs and logs know the client's request. */
  requestId?: string | undefined;
  /** Aborted when nobody waits for the answer any more. */
  signal?: AbortSignal;
  /** How much time there is left, when that is less than the transport allows anyway. */
  timeoutMs?: number;
  /** Whether it only finds out how the subgraph is: it is tried once, breaker or not. */
  isProbe?: boolean;
}

/** For whom a subscription is opened, and after which event. */
export interface SubscribeOptions extends Omit<
  FetchOptions,
  'clientRequest' | 'timeoutMs' | 'isProbe'
> {
  lastEventId?: string | undefined;
  signal: AbortSignal;
}

/** What a subgraph says in the place of a subscription. */
export class RefusedBySubgraph extends Error {
  readonly errors: readonly GraphQLFormattedError[];
  constructor(errors: readonly GraphQLFormattedError[]) {
    super(errors[0]?.message ?? 'refused');
    this.errors = errors;
  }
}

/** How the way to a subgraph is. */
export interface TransportState {
  breaker: BreakerState;
  /** Fetches under way, and those that wait for their turn. */
  running: number;
  waiting: number;
}

/** Whether it changes something. A plan's operations begin with their kind. */
export const isMutation = ({ query }: SubgraphRequest): boolean => query.startsWith('mutation');

/** A way to reach one subgraph. */
export interface Transport {
  /** Whether data always have the types that the subgraph's schema says; else they are checked. */
  isTyped?: boolean;
  /**
   * Fetches within the transport's time limit. Never rejects: an unreachable, slow or garbled subgraph
   * is an error of the result, with a code and the name of the subgraph, and has been logged.
   */
  fetch(request: SubgraphRequest, options: FetchOptions): Promise<SubgraphResult>;
  /**
   * Opens a subscription. What it gives ends when the subgraph stops, and then goes on by another `subscribe` after
   * the last event; it holds what it needs until the signal aborts. Rejects with `RefusedBySubgraph` when the subgraph
   * says why there is none, and else with why it can't be reached.
   */
  subscribe?(
    request: SubgraphRequest,
    options: SubscribeOptions,
  ): Promise<AsyncIterable<LiveEvent<SubgraphResult>>>;
  state?(): TransportState;
  /** How the database behind the subgraph is; undefined where the subgraph does not say. Never rejects. */
  database?(signal: AbortSignal): Promise<'up' | 'down' | undefined>;
  /** Closes what it holds, after the fetches that are under way. */
  close?(): Promise<void>;
}

/** A log whose lines have the id of the client's request. */
export const logFor = (log: TransportLog, { requestId }: FetchOptions): TransportLog => ({
  warn: (details, message) => log.warn({ requestId, ...details }, message),
  debug: (details, message) => log.debug({ requestId, ...details }, message),
});

/** Where a transport logs what clients are not told. */
export interface TransportLog {
  warn(details: object, message: string): void;
  debug(details: object, message: string): void;
}
