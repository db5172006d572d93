import type { ObserveCommand } from '../databaseHealth.ts';
import { DURATIONS_S } from './bounds.ts';
import type { Metrics } from './createMetrics.ts';
import type { Counter, Histogram } from './createTallies.ts';

/**
 * Makes what counts and times the commands that databases are sent: by subgraph, collection and command, and of
 * changes each transaction as one. The driver's own monitoring would decode each answer once more.
 */
export function countCommands({ counter, histogram }: Metrics): ObserveCommand {
  const durations = histogram(
    'antq_database_command_duration_seconds',
    'How long commands of the database took, the wait for a connection included; each transaction is one',
    DURATIONS_S,
  );
  const failures = counter('antq_database_failures_total', 'Commands of the database that failed');
  const known = new Map<string, { duration: Histogram; failures: Counter }>();
  return ({ subgraph, name: command, collection }, ms, failed) => {
    const key = `${subgraph} ${command} ${collection}`;
    let each = known.get(key);
    if (!each) {
      const labels = { subgraph, collection, command };
      each = { duration: durations(labels), failures: failures(labels) };
      known.set(key, each);
    }
    each.duration.observe(ms / 1_000);
    if (failed) each.failures.add();
  };
}
