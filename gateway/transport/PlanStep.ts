import type { CollectedCommand } from '../../subgraphs/shared/seen/CollectedCommand.ts';

/** One fetch of an operation, as it went. */
export interface PlanStep {
  subgraph: string;
  /** What it was asked. */
  query: string;
  /** Of how many entities, where it was asked for some by their keys. */
  entities?: number;
  /** Milliseconds after the operation began. */
  startMs: number;
  ms: number;
  /** What its database was sent for it; undefined where the subgraph is another process. */
  commands?: readonly CollectedCommand[];
  /** The code of what went wrong, if anything did. */
  code?: string;
}

/** How an operation went: in all, and fetch by fetch. */
export interface PlanSteps {
  ms: number;
  steps: readonly PlanStep[];
}
