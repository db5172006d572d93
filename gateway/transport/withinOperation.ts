import { subgraphFault } from './subgraphFault.ts';
import type { Transport, TransportLog } from './Transport.ts';

export interface WithinOperationSettings {
  /** The name of the subgraph. */
  name: string;
  /** How long all fetches of one operation may take together. */
  operationTimeoutMs: number;
  log: TransportLog;
}

/** When the first fetch of each client request began: its fetches from all subgraphs share one clock. */
const starts = new WeakMap<object, number>();

/** A transport whose fetches end with the time of the whole operation: a chain of slow ones is no slower. */
export function withinOperation(
  transport: Transport,
  { name, operationTimeoutMs, log }: WithinOperationSettings,
): Transport {
  return {
    ...transport,
    fetch(request, options) {
      const now = performance.now();
      const start = starts.get(options.clientRequest) ?? now;
      if (start === now) starts.set(options.clientRequest, now);
      const left = start + operationTimeoutMs - now;
      if (left > 0) return transport.fetch(request, { ...options, timeoutMs: Math.ceil(left) });
      const cause = 'the time of the operation is over';
      const details = { request, isUnsent: true };
      return Promise.resolve(subgraphFault('SUBGRAPH_TIMEOUT', name, cause, log, details));
    },
  };
}
