import { PATIENT_LIMITS } from '../subgraphs/shared/databaseSettings.ts';
import { subgraphs } from '../subgraphs/index.ts';
import { readConfig } from './config.ts';
import { provideDatabase } from './database/provideDatabase.ts';
import { runMain } from './runMain.ts';
import { seedFacts } from './seed/seedFacts.ts';

/** `npm run seed`: loads the facts of the articles; what is there already is left alone. */
async function main(): Promise<void> {
  const { mongodbUri, dataDir, databasePrefix } = readConfig(process.env);
  const database = await provideDatabase({ mongodbUri, dataDir, log: console.log });
  for (const subgraph of subgraphs) {
    await subgraph.connect({ uri: database.uri, databasePrefix, limits: PATIENT_LIMITS });
  }
  await seedFacts(subgraphs, console.log);
  for (const subgraph of subgraphs) await subgraph.disconnect();
  await database.close();
}

await runMain(main);
