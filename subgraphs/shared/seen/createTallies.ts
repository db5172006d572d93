import type { Metric, Registry } from 'prom-client';
import type { Aggregation, Labels } from './createMetrics.ts';

export interface Counter {
  add(amount?: number): void;
}

export interface Histogram {
  observe(value: number): void;
}

/** A number as prom-client's registry writes it. */
interface Value {
  labels: Record<string, string | number>;
  value: number;
  metricName?: string;
}

interface Description {
  name: string;
  help: string;
  type: 'counter' | 'gauge' | 'histogram';
  aggregator: Aggregation;
}

/** Counters and histograms of one registry, whose children are plain numbers until the registry reads them. */
export function createTallies(registry: Registry) {
  const made = new Map<string, unknown>();
  const once = <T>(name: string, make: () => T): T => {
    // Of one name and kind: who asks for it again gets what was made for the first.
    const known = (made.get(name) as T | undefined) ?? make();
    made.set(name, known);
    return known;
  };

  /** Lets the registry read values that are kept elsewhere, as its aggregator does. */
  const register = (description: Description, values: () => Value[]) => {
    const metric = { ...description, get: async () => ({ ...description, values: values() }) };
    // The registry needs no more of a metric than this; its type asks for one of its own classes.
    registry.registerMetric(metric as unknown as Metric);
  };

  return {
    register,

    counter: (name: string, help: string) =>
      once(name, () => {
        const children = new Map<string, { labels: Labels; value: number } & Counter>();
        register({ name, help, type: 'counter', aggregator: 'sum' }, () =>
          [...children.values()].map(({ labels, value }) => ({ labels: { ...labels }, value })),
        );
        return childrenOf(children, (labels) => ({
          labels,
          value: 0,
          add(amount = 1) {
            this.value += amount;
          },
        }));
      }),

    histogram: (name: string, help: string, bounds: readonly number[]) =>
      once(name, () => {
        const children = new Map<string, Buckets>();
        register({ name, help, type: 'histogram', aggregator: 'sum' }, () =>
          [...children.values()].flatMap((child) => child.values(name)),
        );
        return childrenOf(children, (labels) => createBuckets(labels, bounds));
      }),
  };
}

function childrenOf<T>(children: Map<string, T>, make: (labels: Labels) => T) {
  return (labels: Labels): T => {
    const key = JSON.stringify(labels);
    const child = children.get(key) ?? make(labels);
    children.set(key, child);
    return child;
  };
}

interface Buckets extends Histogram {
  values(name: string): Value[];
}

function createBuckets(labels: Labels, bounds: readonly number[]): Buckets {
  const counts = new Float64Array(bounds.length + 1);
  let sum = 0;
  return {
    observe(value) {
      let index = 0;
      while (index < bounds.length && value > (bounds[index] ?? Infinity)) index += 1;
      counts[index] = (counts[index] ?? 0) + 1;
      sum += value;
    },
    values(name) {
      let count = 0;
      const buckets = Array.from(counts, (inBucket, index) => {
        count += inBucket;
        const le = bounds[index] ?? '+Inf';
        return { labels: { ...labels, le }, value: count, metricName: `${name}_bucket` };
      });
      return [
        ...buckets,
        { labels: { ...labels }, value: sum, metricName: `${name}_sum` },
        { labels: { ...labels }, value: count, metricName: `${name}_count` },
      ];
    },
  };
}
