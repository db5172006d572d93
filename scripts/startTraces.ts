import { startTracing } from '../subgraphs/shared/seen/tracing.ts';

/**
 * Records traces from now on, if there is where to send them; else nothing is loaded for it. Gives what sends the
 * last ones. Rejects with a UserError when their packages are not installed.
 */
export const startTraces = async (
  endpoint: string | undefined,
  service: string,
): Promise<() => Promise<void>> =>
  endpoint === undefined
    ? async () => {}
    : startTracing({ endpoint, service, tell: console.error });
