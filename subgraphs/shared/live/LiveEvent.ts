import type { ExecutionResult } from 'graphql';

/** One answer of a subscription, or without `result` just how far it has come. */
export interface LiveEvent<TResult = ExecutionResult> {
  /** What a client says to go on after it; unknown where the source has none. */
  id?: string | undefined;
  result?: TResult;
}

/** What a client says of how it wants to be told, beside its operation. */
export interface LiveClient {
  /** The last event that it has seen, of an earlier connection. */
  lastEventId?: string | undefined;
  /** Aborts when it goes away: all that was opened for it is closed then. */
  signal: AbortSignal;
}
