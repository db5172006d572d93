import type { Metrics } from '../../subgraphs/shared/seen/createMetrics.ts';
import { COSTS, DURATIONS_S } from '../../subgraphs/shared/seen/bounds.ts';
import type { Counter, Histogram } from '../../subgraphs/shared/seen/createTallies.ts';
import type { PlanWatch } from '../execution/createExecutor.ts';
import type { FetchReport } from '../transport/resilient.ts';

/** What the parts of a gateway are given to tell what they do. */
export interface GatewayMetrics {
  onFetch(fetch: FetchReport): void;
  plans: PlanWatch;
  /** Told of each request that joins an equal one under way. */
  onJoined(): void;
  /** Told what each operation may cost and, where it is counted, what it did cost. */
  onCost(requested: number, actual: number | undefined): void;
}

/** Makes what counts and measures the work of a gateway. What can be looked at any time is in `watchGateway`. */
export function createGatewayMetrics({ counter, histogram }: Metrics): GatewayMetrics {
  const plans = counter(
    'antq_plans_total',
    'Operations, by whether their plan was known (hit) or had to be made (miss)',
  );
  const hits = plans({ result: 'hit' });
  const misses = plans({ result: 'miss' });
  const planning = histogram(
    'antq_planning_duration_seconds',
    'How long it took to plan and compile an operation; the process does nothing else meanwhile',
    DURATIONS_S,
  )({});
  const joined = counter(
    'antq_joined_operations_total',
    'Queries that were answered together with an equal one under way',
  )({});
  const cost = histogram(
    'antq_operation_cost',
    'What operations cost: estimated before, actual where it is counted',
    COSTS,
  );
  const estimated = cost({ kind: 'estimated' });
  const counted = cost({ kind: 'actual' });
  return {
    onFetch: countFetches({ counter, histogram }),
    plans: {
      found: () => hits.add(),
      made(ms) {
        misses.add();
        planning.observe(ms / 1_000);
      },
    },
    onJoined: () => joined.add(),
    onCost(requested, actual) {
      estimated.observe(requested);
      if (actual !== undefined) counted.observe(actual);
    },
  };
}

interface OfSubgraph {
  duration: Histogram;
  retries: Counter;
  faults: Map<string, Counter>;
}

function countFetches({ counter, histogram }: Pick<Metrics, 'counter' | 'histogram'>) {
  const durations = histogram(
    'antq_fetch_duration_seconds',
    'How long fetches from subgraphs took, their retries included',
    DURATIONS_S,
  );
  const retries = counter('antq_fetch_retries_total', 'Fetches that were tried once more');
  const faults = counter(
    'antq_fetch_faults_total',
    'Fetches that failed as a whole, by code; nothing of them is in the answer',
  );
  const known = new Map<string, OfSubgraph>();
  const create = (subgraph: string): OfSubgraph => ({
    duration: durations({ subgraph }),
    retries: retries({ subgraph }),
    faults: new Map(),
  });
  return ({ subgraph, code, ms, tries }: FetchReport) => {
    const of = known.get(subgraph) ?? create(subgraph);
    known.set(subgraph, of);
    of.duration.observe(ms / 1_000);
    if (tries > 1) of.retries.add(tries - 1);
    if (code === undefined) return;
    const fault = of.faults.get(code) ?? faults({ subgraph, code });
    of.faults.set(code, fault);
    fault.add();
  };
}
