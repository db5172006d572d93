import type { FastifyRequest } from 'fastify';
import type { Viewer } from '../Viewer.ts';
import type { Metrics } from './createMetrics.ts';
import type { MetricsAccess } from './metricsSettings.ts';

/** How one server is watched. */
export interface Seen {
  metrics: Metrics;
  /** The server's name in all that is measured of it: `gateway`, or that of its subgraph. */
  service: string;
  access: MetricsAccess;
  viewerOf(request: FastifyRequest): Viewer;
}
