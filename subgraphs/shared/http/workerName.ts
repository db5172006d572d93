import cluster from 'node:cluster';
import { hostname } from 'node:os';

/** What each line of a worker's log says of where it comes from; nothing more where there are no workers. */
export function workerName(): { base?: Record<string, unknown> } {
  const { worker } = cluster;
  return worker ? { base: { pid: process.pid, hostname: hostname(), worker: worker.id } } : {};
}
