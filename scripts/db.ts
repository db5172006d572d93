import { readConfig } from './config.ts';
import { provideDatabase } from './database/provideDatabase.ts';
import { redactUri } from './database/redactUri.ts';
import { runMain } from './runMain.ts';
import { UserError } from '../subgraphs/shared/UserError.ts';
import { untilStopped } from './untilStopped.ts';

/** `npm run db`: the database alone, until it is told to stop. Its last line says where it is. */
async function main(): Promise<void> {
  const stopped = untilStopped().then(() => null);
  const { mongodbUri, dataDir } = readConfig(process.env);
  const provided = provideDatabase({ mongodbUri, dataDir, log: console.log });

  const database = await Promise.race([provided, stopped]);
  // Stopped while it starts: whatever it has begun ends together with this process.
  if (!database) process.exit(0);
  console.log(`database ${redactUri(database.uri)}`);
  if (mongodbUri) return; // it runs without us

  const loss = await Promise.race([database.exited, stopped]);
  await database.close();
  if (loss) throw new UserError(loss);
}

await runMain(main);
