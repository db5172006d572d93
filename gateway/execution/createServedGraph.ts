import { validate, type DocumentNode } from 'graphql';
import { createRestrict, type Restrict } from '../policy/createRestrict.ts';
import { costing } from '../policy/cost/costing.ts';
import { createMeter, type CostPolicy, type Meter } from '../policy/cost/createMeter.ts';
import { enforcing, restricted } from '../policy/enforcing.ts';
import { caching } from '../policy/responses/caching.ts';
import { createAges } from '../policy/responses/createAges.ts';
import type { ResponseCache } from '../policy/responses/createResponseCache.ts';
import type { Supergraph } from '../supergraph/readSupergraph.ts';
import type { Transport, TransportLog } from '../transport/Transport.ts';
import { coalescing } from './coalescing.ts';
import { createPlanningTurns } from './createPlanningTurns.ts';
import { innerName, responseName } from './responseNames.ts';
import {
  createExecutor,
  type Executor,
  type OperationRequest,
  type PlanWatch,
  type Source,
} from './createExecutor.ts';

/** One supergraph as it is served, until another takes its place. */
export interface ServedGraph {
  supergraph: Supergraph;
  transports: ReadonlyMap<string, Transport>;
  /** Takes away what a viewer may not ask for; undefined where everybody may ask for everything. */
  restrict: Restrict | undefined;
  /** Says what operations cost, and charges who asks. */
  meter: Meter;
  /** Our executor; undefined when Apollo's is in use. */
  own:
    | (Pick<Executor, 'schema' | 'warmUp' | 'execute'> & {
        /** Where the events of a subscription come from; undefined when its viewer may be told nothing of it. */
        sourceOf(request: OperationRequest): Promise<Source> | undefined;
      })
    | undefined;
  /** Whether a document fits this graph; looked into once for each. */
  fits(document: DocumentNode): boolean;
  /** Keeps what work needs until it ends, even when the graph is retired meanwhile. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** Another graph is served: connections are closed when the last work on this one has ended. */
  retire(): void;
}

export interface ServedGraphSettings {
  supergraph: Supergraph;
  transports: ReadonlyMap<string, Transport>;
  executor: 'compiled' | 'apollo';
  /** Whether equal operations that are under way at the same time are carried out once. */
  coalesce: boolean;
  cost: CostPolicy;
  /** Answers of all graphs, one after the other. */
  responses: ResponseCache;
  /** How old an answer may be where the supergraph says nothing of it, in seconds. */
  defaultAgeS: number;
  /** Longer answers are refused; with Apollo's executor none is. */
  mostCharacters?: number;
  watch?: PlanWatch | undefined;
  /** Told of each query that joins an equal one under way. */
  onJoined?: (() => void) | undefined;
  log: TransportLog;
}

/** All graphs of a process have one event loop, and so one turn at a time. */
const turns = createPlanningTurns();

/** Prepares a supergraph to be served. Throws what the planner has against it. */
export function createServedGraph(settings: ServedGraphSettings): ServedGraph {
  const { supergraph, transports, coalesce, responses, defaultAgeS } = settings;
  const restrict = createRestrict(supergraph.schema);
  const meter = createMeter(
    supergraph.schema,
    settings.cost,
    settings.executor === 'compiled' ? innerName : responseName,
  );
  const fitting = new WeakMap<DocumentNode, boolean>();
  let working = 0;
  let isRetired = false;

  const closeWhenIdle = () => {
    if (!isRetired || working) return;
    for (const transport of transports.values()) void transport.close?.();
  };

  const createOwn = () => {
    const { schema, warmUp, execute, sourceOf } = createExecutor({ turns, ...settings });
    const cached = caching(
      coalesce ? coalescing(execute, settings.onJoined) : execute,
      responses,
      createAges(supergraph.schema, defaultAgeS),
    );
    // Who joins an operation under way pays for it all the same.
    const costed = costing(cached, meter);
    return {
      schema,
      warmUp,
      execute: enforcing(costed, restrict, schema),
      sourceOf(request: OperationRequest) {
        const left = restricted(request, restrict);
        return left && sourceOf(left);
      },
    };
  };
  const own = settings.executor === 'compiled' ? createOwn() : undefined;

  return {
    supergraph,
    transports,
    restrict,
    meter,
    own,
    fits(document) {
      const known = fitting.get(document);
      if (known !== undefined) return known;
      const fits = own !== undefined && validate(own.schema, document).length === 0;
      fitting.set(document, fits);
      return fits;
    },
    async during(work) {
      working += 1;
      try {
        return await work();
      } finally {
        working -= 1;
        closeWhenIdle();
      }
    },
    retire() {
      isRetired = true;
      responses.empty();
      closeWhenIdle();
    },
  };
}
