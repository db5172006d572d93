import cluster from 'node:cluster';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readGatewayConfig } from '../gateway/config.ts';
import { readSettings } from '../subgraphs/shared/settings.ts';
import { UserError } from '../subgraphs/shared/UserError.ts';
import { never } from './database/Database.ts';
import { closesWithinMs } from './closesWithinMs.ts';
import { ensurePages } from './pages/ensurePages.ts';
import { runService, type Service } from './runService.ts';
import { runInWorkers } from './workers/runInWorkers.ts';
import { READY, say } from './workers/say.ts';
import { workerSettings } from './workers/workerSettings.ts';
import { startTraces } from './startTraces.ts';
import { flagError } from './flagError.ts';

const help = `Serves a Federation 2 supergraph over its HTTP subgraphs.

Usage: npm run gateway -- [options]

  --supergraph FILE   the composed supergraph (SUPERGRAPH_FILE, schema/supergraph.graphql)
  --port NUMBER       where to listen; 0 picks any free port (PORT, 4000)
  --help              this text

All other settings come from the environment or a file .env: see .env.example.`;

/** `npm run gateway`: the gateway as a process of its own, over subgraphs that are reached by HTTP. */
async function start(flags: ReturnType<typeof readFlags>): Promise<Service> {
  const config = readGatewayConfig({
    ...process.env,
    ...(flags.supergraph !== undefined && { SUPERGRAPH_FILE: flags.supergraph }),
    ...(flags.port !== undefined && { PORT: flags.port }),
  });
  const { GATEWAY_WORKERS: count } = readSettings(z.object(workerSettings), process.env);
  if (cluster.isPrimary && config.landingPage) await ensurePages(say);
  if (cluster.isPrimary && count > 1) {
    return runInWorkers({ count, env: {}, load: config.load, logLevel: config.logLevel });
  }
  // Apollo takes seconds to load: not before the settings are known to be good.
  const { startGateway } = await import('../gateway/gateway.ts');
  const stopTraces = await startTraces(config.tracesEndpoint, 'antq-gateway');
  const gateway = await startGateway(config);
  say(`${READY}${gateway.url}`);
  return {
    lost: never,
    closesWithinMs: closesWithinMs(config.load),
    retire: gateway.retire,
    async close(hurry) {
      await gateway.close(hurry);
      await stopTraces();
    },
  };
}

function readFlags() {
  try {
    return parseArgs({
      options: {
        supergraph: { type: 'string' },
        port: { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UserError(`${flagError(error)}: see --help`, [], { cause: error });
  }
}

await runService(async () => {
  const flags = readFlags();
  if (!flags.help) return start(flags);
  console.log(help);
  return process.exit(0);
});
