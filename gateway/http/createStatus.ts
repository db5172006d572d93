import cluster from 'node:cluster';
import type { HttpServer } from '../../subgraphs/shared/http/createHttpServer.ts';
import { productVersion } from '../../subgraphs/shared/seen/productVersion.ts';
import type { Readiness } from './addReadiness.ts';

/** How the whole is: `degraded` when parts of it do not work as they should. */
export type Condition = 'ready' | 'degraded' | 'unready' | 'overloaded' | 'stopping';

/** How a gateway is, for people. There is no address in it, no path and nothing of what clients sent. */
export interface Status extends Omit<Readiness, 'status'> {
  status: Condition;
  version: string;
  uptimeS: number;
  /** The number of the process that answers, where several share the work. */
  worker?: number;
  load: {
    running: number;
    queued: number;
    /** Requests that were turned away since the start. */
    shed: number;
    eventLoopLagMs: number;
    memoryMb: number;
  };
}

const MB = 1024 * 1024;

/** Puts together how a gateway is. */
export function createStatus(app: HttpServer, found: Readiness): Status {
  const { running, queued, shed, eventLoopLagMs, rssBytes } = app.load.state();
  return {
    ...found,
    status: app.load.unready() ?? conditionOf(found),
    version: productVersion,
    uptimeS: Math.round(process.uptime()),
    ...(cluster.worker && { worker: cluster.worker.id }),
    load: {
      running,
      queued,
      shed: Object.values(shed).reduce((sum, count) => sum + count, 0),
      eventLoopLagMs: Math.round(eventLoopLagMs * 10) / 10,
      memoryMb: Math.round(rssBytes / MB),
    },
  };
}

function conditionOf({ status, subgraphs, database = {}, breakers, supergraph }: Readiness) {
  if (status === 'unready') return 'unready';
  const parts = [...Object.values(subgraphs), ...Object.values(database)];
  const isWhole = !parts.includes('down') && !breakers && !supergraph.refused;
  return isWhole ? 'ready' : 'degraded';
}
