import { subgraphServices } from '../subgraphs/services.ts';
import { restoreBackup } from './backup/restoreBackup.ts';
import { readConfig } from './config.ts';
import { provideDatabase } from './database/provideDatabase.ts';
import { withClient } from './database/withClient.ts';
import { runCommand } from './runCommand.ts';

const help = `Restores a backup that "npm run backup" has written. Stop the graph first.

Usage: npm run restore -- FILE [--replace]

  --replace    put it into the place of what the databases hold; without, they must be empty
  --help       this text

DATABASE_PREFIX may be another than that of the backup.`;

const log = (line: string) => console.error(`restore: ${line}`);

/** `npm run restore`: verifies a backup as a whole, and puts it into its place. */
await runCommand({
  help,
  options: { replace: { type: 'boolean', default: false } },
  words: ['FILE'],
  async run({ replace }, [file = '']) {
    const { mongodbUri, dataDir, databasePrefix } = readConfig(process.env);
    const database = await provideDatabase({ mongodbUri, dataDir, log: console.error });
    const databases = subgraphServices.map(({ name }) => name);
    const { collections } = await withClient(database.uri, (client) =>
      restoreBackup(file, { client, databasePrefix, databases, replace, log }),
    );
    const documents = collections.reduce((sum, each) => sum + each.documents, 0);
    log(`${documents} documents of ${collections.length} collections are in their places`);
    await database.close();
    return true;
  },
});
