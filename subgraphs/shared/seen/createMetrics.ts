import cluster from 'node:cluster';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { createTallies, type Counter, type Histogram } from './createTallies.ts';
import { productVersion } from './productVersion.ts';
import { readOfAllWorkers } from './readOfAllWorkers.ts';

/** What a measured value is told apart by. Their values come from lists of our own, never from clients. */
export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  labels: Labels;
  value: number;
}

/** How the values of several workers become one. */
export type Aggregation = 'sum' | 'max' | 'first';

/** What a process counts and measures, and how it stands: one of these for all of its servers. */
export interface Metrics {
  /** The counter of that name. Take the child of each set of labels once: to count costs next to nothing then. */
  counter(name: string, help: string): (labels: Labels) => Counter;
  /** The histogram of that name; `bounds` are the upper ones of its buckets. */
  histogram(name: string, help: string, bounds: readonly number[]): (labels: Labels) => Histogram;
  /** Something that is read when it is asked for. Of the same name there may be several, which then are all read. */
  gauge(name: string, help: string, read: () => readonly Sample[], of?: Aggregation): void;
  /** The same of numbers that only grow, and are counted where they arise. */
  total(name: string, help: string, read: () => readonly Sample[]): void;
  /** All of it as Prometheus reads it: of all workers together, where there are several. */
  read(): Promise<string>;
  readonly contentType: string;
}

type Reads = (() => readonly Sample[])[];

/**
 * Makes what is measured of this process: what its parts add to it, and what Node says of the process. What is
 * counted on the way of each request is kept by ourselves, as prom-client takes about a microsecond for each.
 */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const tallies = createTallies(registry);
  const gauges = new Map<string, Reads>();

  const addRead =
    (type: 'gauge' | 'counter') =>
    (
      name: string,
      help: string,
      read: () => readonly Sample[],
      aggregator: Aggregation = 'sum',
    ) => {
      const known = gauges.get(name);
      if (known) {
        known.push(read);
        return;
      }
      const reads: Reads = [read];
      gauges.set(name, reads);
      tallies.register({ name, help, type, aggregator }, () =>
        reads.flatMap((each) => each()).map((sample) => ({ ...sample })),
      );
    };
  const metrics: Metrics = {
    counter: tallies.counter,
    histogram: tallies.histogram,
    gauge: addRead('gauge'),
    total: addRead('counter'),
    read: cluster.isWorker ? readOfAllWorkers(registry) : () => registry.metrics(),
    contentType: registry.contentType,
  };
  metrics.gauge('antq_build_info', 'How many processes run this version', () => [
    { labels: { version: productVersion }, value: 1 },
  ]);
  metrics.gauge('antq_processes', 'Processes that this scrape tells of', () => [
    { labels: {}, value: 1 },
  ]);
  return metrics;
}
