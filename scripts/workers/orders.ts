import cluster from 'node:cluster';

/** What a supervisor tells a worker: to make room for another one, or not to wait any more while it closes. */
export type Order = 'retire' | 'hurry';

/** Calls `obey` when the supervisor gives this order; never where there is none. */
export function onOrder(order: Order, obey: () => void): void {
  if (!cluster.isWorker) return;
  process.on('message', (message) => {
    if (message === order) obey();
  });
}
