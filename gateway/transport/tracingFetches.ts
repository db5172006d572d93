import { traced } from '../../subgraphs/shared/seen/tracing.ts';
import type { Transport } from './Transport.ts';

/** A transport each of whose fetches is a part of the trace under way; the subgraph goes on with it. */
export function tracingFetches(transport: Transport, subgraph: string): Transport {
  const details = { kind: 'client', attributes: { 'antq.subgraph': subgraph } } as const;
  return {
    ...transport,
    fetch: (request, options) =>
      traced(`fetch ${subgraph}`, details, async (span) => {
        const result = await transport.fetch(request, options);
        if (result.fault) span.fail(result.fault.code);
        return result;
      }),
  };
}
