import { subgraphs } from '../subgraphs/index.ts';
import { readConfig } from './config.ts';
import { superviseDatabase } from './database/superviseDatabase.ts';
import { closesWithinMs } from './closesWithinMs.ts';
import { runService, type Service } from './runService.ts';
import { runSubgraphs } from './runSubgraphs.ts';
import { createMetrics } from '../subgraphs/shared/seen/createMetrics.ts';
import { startTraces } from './startTraces.ts';
import { UserError } from '../subgraphs/shared/UserError.ts';

const names = subgraphs.map(({ name }) => name).join(', ');

/** `npm run subgraph -- recognitions`: one subgraph as a service of its own, over HTTP. */
async function start(): Promise<Service> {
  const [name, ...others] = process.argv.slice(2);
  const subgraph = subgraphs.find((each) => each.name === name);
  if (!subgraph || others.length) {
    throw new UserError(
      `say which subgraph to run, one of ${names}: npm run subgraph -- campaigns`,
    );
  }
  const config = readConfig(process.env);
  const { mongodbUri, dataDir } = config;
  const database = await superviseDatabase({ mongodbUri, dataDir, log: console.log });
  const stopTraces = await startTraces(config.gateway.tracesEndpoint, `antq-${subgraph.name}`);
  const running = await runSubgraphs([subgraph], config, database.uri, createMetrics());
  console.log(`ready ${running.urls.join(' ')}`);
  return {
    lost: database.exited,
    closesWithinMs: closesWithinMs(config.load),
    async close(hurry) {
      await running.stopServing(hurry);
      await running.disconnect();
      await stopTraces();
      await database.close();
    },
  };
}

await runService(start);
