import cluster, { type Worker } from 'node:cluster';
import { AggregatorRegistry } from 'prom-client';
import type { Exchange } from './readOfAllWorkers.ts';

/** Answers workers that want the metrics of all, in the process that started them. */
export function answerWorkers(): void {
  const all = new AggregatorRegistry();
  cluster.on('message', (worker: Worker, { metricsWanted }: Exchange) => {
    if (metricsWanted === undefined) return;
    const answer = (exchange: Exchange) => {
      if (worker.isConnected()) worker.send({ ...exchange, metricsOf: metricsWanted });
    };
    all.clusterMetrics().then(
      (text) => answer({ text }),
      (error: unknown) => answer({ reason: String(error) }),
    );
  });
}
