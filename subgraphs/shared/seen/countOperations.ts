import { DURATIONS_S } from './bounds.ts';
import type { Counter, Histogram } from './createTallies.ts';
import type { OperationNote } from './OperationNote.ts';
import type { Seen } from './Seen.ts';

/** Makes what counts and times GraphQL requests, by kind and outcome. */
export function countOperations({
  metrics,
  service,
}: Seen): (note: OperationNote, ms: number) => void {
  const count = metrics.counter(
    'antq_operations_total',
    'GraphQL requests, by kind of operation and outcome',
  );
  const time = metrics.histogram(
    'antq_operation_duration_seconds',
    'How long GraphQL requests took, the wait for their turn included',
    DURATIONS_S,
  );
  const known = new Map<string, { counter: Counter; timer: Histogram }>();
  return ({ kind, outcome }, ms) => {
    const key = `${kind} ${outcome}`;
    let each = known.get(key);
    if (!each) {
      each = {
        counter: count({ service, kind, outcome }),
        timer: time({ service, kind }),
      };
      known.set(key, each);
    }
    each.counter.add();
    each.timer.observe(ms / 1_000);
  };
}
