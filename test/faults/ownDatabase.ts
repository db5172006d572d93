import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provideDatabase } from '../../scripts/database/provideDatabase.ts';
import { readRecord } from '../../scripts/database/record.ts';
import type { Database } from '../../scripts/database/Database.ts';

/** A database server of a test's own, to be ill-treated. */
export async function startOwnDatabase() {
  const dataDir = await mkdtemp(join(tmpdir(), 'faults-'));
  const start = () => provideDatabase({ dataDir, log: () => {} });
  let database: Database = await start();
  const signal = async (name: NodeJS.Signals) => {
    const record = await readRecord(dataDir);
    if (!record) throw new Error('no database is recorded');
    process.kill(record.pid, name);
  };
  return {
    uri: database.uri,
    signal,
    async kill() {
      await signal('SIGKILL');
      await database.exited;
    },
    /** On the same port, with the same data. */
    async startAgain() {
      database = await start();
    },
    async close() {
      await signal('SIGCONT').catch(() => undefined);
      await database.close();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
