import type { FetchReport } from './resilient.ts';
import type { Transport } from './Transport.ts';

/** A transport that tells of each fetch when it has ended; of what is tried once, and never refused. */
export function reporting(
  transport: Transport,
  subgraph: string,
  onFetch: ((fetch: FetchReport) => void) | undefined,
): Transport {
  if (!onFetch) return transport;
  return {
    ...transport,
    async fetch(request, options) {
      const start = performance.now();
      const result = await transport.fetch(request, options);
      if (!options.isProbe) {
        const ms = performance.now() - start;
        onFetch({ subgraph, code: result.fault?.code, ms, tries: 1 });
      }
      return result;
    },
  };
}
