import { startGateway } from '../gateway/gateway.ts';
import { subgraphs } from '../subgraphs/index.ts';
import { createMetrics } from '../subgraphs/shared/seen/createMetrics.ts';
import type { Config } from './config.ts';
import { runSubgraphs } from './runSubgraphs.ts';
import { READY, say } from './workers/say.ts';

/** Runs the three subgraphs, over the database at `uri`, and the gateway in this process. */
export async function runGraph(config: Config, uri: string) {
  const metrics = createMetrics();
  const running = await runSubgraphs(subgraphs, config, uri, metrics);
  const gateway = await startGateway(config.gateway, { inProcess: subgraphs, metrics });
  say(`${READY}${gateway.url}`);
  return {
    retire() {
      gateway.retire();
      running.retire();
    },
    async close(hurry: AbortSignal) {
      await Promise.all([gateway.close(hurry), running.stopServing(hurry)]);
      await running.disconnect();
    },
  };
}
