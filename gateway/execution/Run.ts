import type { ForwardedHeaders } from '../policy/forwardedHeaders.ts';
import type { SubgraphResult } from '../transport/Transport.ts';
import type { AnswerErrors } from './AnswerErrors.ts';
import type { Viewer } from '../../subgraphs/shared/Viewer.ts';

/** One execution of an operation. */
export interface Run {
  /** What the subgraphs have brought so far, merged. */
  data: Record<string, unknown>;
  errors: AnswerErrors;
  /** Objects in the data of which fetches that failed should have brought more. */
  lost: WeakSet<Record<string, unknown>>;
  /** Variables as the client gave them. */
  variables: Readonly<Record<string, unknown>>;
  /** Who asks. */
  viewer: Viewer;
  /** What the client's own headers pass on. */
  headers: ForwardedHeaders | undefined;
  /** The client's request: the same object for all of its fetches. */
  clientRequest: object;
  /** Aborted when the client goes away. */
  signal: AbortSignal | undefined;
  /** Of a subscription: what its subgraph tells. */
  event?: SubgraphResult | undefined;
  /** By which subgraphs and logs know the client's request. */
  requestId?: string | undefined;
}

/** A step of a compiled plan. Never rejects for what a subgraph does: that is an error of the run. */
export type Step = (run: Run) => Promise<void>;
