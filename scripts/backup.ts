import { join } from 'node:path';
import { subgraphServices } from '../subgraphs/services.ts';
import { writeBackup } from './backup/writeBackup.ts';
import { readConfig } from './config.ts';
import { provideDatabase } from './database/provideDatabase.ts';
import { withClient } from './database/withClient.ts';
import { runCommand } from './runCommand.ts';

const help = `Writes all that the three databases hold into one file.

Usage: npm run backup -- [--out FILE]

  --out FILE   a new file (DATA_DIR/backups/antq-TIME.ejson.gz)
  --help       this text

The graph may go on meanwhile. API keys are in KEYS_FILE: copy it, and your .env, to the same safe place.`;

const CONSISTENCY = {
  transaction: 'all of it as of one moment (one transaction)',
  snapshot: 'all of it as of one moment (one snapshot)',
  none: 'NOT as of one moment: this server has no snapshots. What was written meanwhile may be there in part',
};

const log = (line: string) => console.error(`backup: ${line}`);

/** `npm run backup`: writes a backup, and its path on standard output. */
await runCommand({
  help,
  options: { out: { type: 'string' } },
  async run({ out }) {
    const { mongodbUri, dataDir, databasePrefix } = readConfig(process.env);
    const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    const file = out ?? join(dataDir, 'backups', `antq-${time}.ejson.gz`);
    const database = await provideDatabase({ mongodbUri, dataDir, log: console.error });
    const databases = subgraphServices.map(({ name }) => name);
    const { collections, consistency } = await withClient(database.uri, (client) =>
      writeBackup(file, { client, databasePrefix, databases, log }),
    );
    const documents = collections.reduce((sum, each) => sum + each.documents, 0);
    log(`${documents} documents of ${collections.length} collections, ${CONSISTENCY[consistency]}`);
    console.log(file);
    await database.close();
    return true;
  },
});
