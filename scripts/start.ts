import cluster from 'node:cluster';
import { checkPorts } from './checkPorts.ts';
import { closesWithinMs } from './closesWithinMs.ts';
import { readConfig } from './config.ts';
import { superviseDatabase } from './database/superviseDatabase.ts';
import { ensurePages } from './pages/ensurePages.ts';
import { runService, type Service } from './runService.ts';
import { runInWorkers } from './workers/runInWorkers.ts';
import { startTraces } from './startTraces.ts';
import { say } from './workers/say.ts';

/**
 * `npm start`: the database, the facts, the three subgraphs and the gateway, in one process but for the first; or in
 * several that all are the same, beside the one that starts them and holds the database.
 */
async function start(): Promise<Service> {
  const config = readConfig(process.env);
  const { mongodbUri, dataDir, host, subgraphPorts: ports, workers, load } = config;
  if (cluster.isPrimary) {
    await checkPorts(host, {
      PORT: config.gateway.port,
      ORGANIZATIONS_PORT: ports.organizations,
      CAMPAIGNS_PORT: ports.campaigns,
      RECOGNITIONS_PORT: ports.recognitions,
    });
  }

  const log = cluster.isWorker ? () => {} : say;
  if (cluster.isPrimary && config.gateway.landingPage) await ensurePages(log);
  const database = await superviseDatabase({ mongodbUri, dataDir, log });
  if (cluster.isPrimary && workers > 1) {
    const env = { MONGODB_URI: database.uri };
    const running = await runInWorkers({ count: workers, env, load, logLevel: config.logLevel });
    return {
      ...running,
      lost: Promise.race([database.exited, running.lost]),
      async close(hurry) {
        await running.close(hurry);
        await database.close();
      },
    };
  }

  // These take seconds to load, and who only starts workers does without.
  const stopTraces = await startTraces(config.gateway.tracesEndpoint, 'antq');
  const { runGraph } = await import('./runGraph.ts');
  const graph = await runGraph(config, database.uri);
  return {
    lost: database.exited,
    closesWithinMs: closesWithinMs(load),
    retire: graph.retire,
    /** Ends what answers clients first, what it stands on last. */
    async close(hurry) {
      await graph.close(hurry);
      await stopTraces();
      await database.close();
    },
  };
}

await runService(start);
