import { PATIENT_LIMITS } from '../subgraphs/shared/databaseSettings.ts';
import { subgraphs } from '../subgraphs/index.ts';
import { readConfig } from './config.ts';
import { provideDatabase } from './database/provideDatabase.ts';
import { readFlags } from './generate/readFlags.ts';
import { removeSynthetic, writeSynthetic } from './generate/writeSynthetic.ts';
import { runMain } from './runMain.ts';

/** `npm run generate`: makes synthetic data of a size beside the facts, or takes them away again. */
async function main(): Promise<void> {
  const task = readFlags(process.argv.slice(2));
  const { mongodbUri, dataDir, databasePrefix } = readConfig(process.env);
  const database = await provideDatabase({ mongodbUri, dataDir, log: console.log });
  for (const subgraph of subgraphs) {
    await subgraph.connect({ uri: database.uri, databasePrefix, limits: PATIENT_LIMITS });
  }
  const target = { subgraphs, log: console.log };
  if (task.remove) await removeSynthetic(target);
  else await writeSynthetic(target, task.size, task.seed);
  for (const subgraph of subgraphs) await subgraph.disconnect();
  await database.close();
}

await runMain(main);
