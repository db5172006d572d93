import { startGateway } from '../gateway/gateway.ts';
import { subgraphs } from '../subgraphs/index.ts';
import { checkPorts } from './checkPorts.ts';
import { readConfig } from './config.ts';
import { superviseDatabase } from './database/superviseDatabase.ts';
import { closesWithinMs } from './closesWithinMs.ts';
import { runService, type Service } from './runService.ts';
import { runSubgraphs } from './runSubgraphs.ts';

/** `npm start`: the database, the facts, the three subgraphs and the gateway, in one process but for the first. */
async function start(): Promise<Service> {
  const config = readConfig(process.env);
  const { mongodbUri, dataDir, host, subgraphPorts: ports } = config;
  await checkPorts(host, {
    PORT: config.gateway.port,
    ORGANIZATIONS_PORT: ports.organizations,
    CAMPAIGNS_PORT: ports.campaigns,
    RECOGNITIONS_PORT: ports.recognitions,
  });

  const database = await superviseDatabase({ mongodbUri, dataDir, log: console.log });
  const running = await runSubgraphs(subgraphs, config, database.uri);
  const gateway = await startGateway(config.gateway, { inProcess: subgraphs });
  console.log(`ready ${gateway.url}`);

  return {
    lost: database.exited,
    closesWithinMs: closesWithinMs(config.load),
    /** Ends what answers clients first, what it stands on last. */
    async close(hurry) {
      await Promise.all([gateway.close(hurry), running.stopServing(hurry)]);
      await running.disconnect();
      await database.close();
    },
  };
}

await runService(start);
