import { createBuckets } from '../../../subgraphs/shared/rates/createBuckets.ts';
import type { CostConfig } from './costSettings.ts';
import type { CostPolicy } from './createMeter.ts';

/**
 * Makes what is kept of cost from one supergraph to the next: what everybody has left.
 * @param observe Told what each operation may cost and, where it is counted, what it did cost.
 */
export const createCostPolicy = (
  { bucket, ...config }: CostConfig,
  observe?: CostPolicy['observe'],
): CostPolicy => ({
  ...config,
  buckets: bucket && createBuckets(bucket),
  sparesLoopback: bucket?.sparesLoopback ?? true,
  observe,
});
