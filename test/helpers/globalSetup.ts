import type { Database } from '../../scripts/database/Database.ts';
import { provideDatabase } from '../../scripts/database/provideDatabase.ts';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The database server of all tests; each test file makes databases of its own there. */
    mongodbUri: string;
  }
}

let database: Database | undefined;

/** Provides one database for all tests, by the ladder that users climb, on a data folder that lasts. */
export async function setup(project: TestProject): Promise<void> {
  database = await provideDatabase({
    mongodbUri: process.env['MONGODB_URI'] || undefined,
    dataDir: process.env['TEST_DATA_DIR'] || '.data/test',
    log: console.log,
  });
  project.provide('mongodbUri', database.uri);
}

export async function teardown(): Promise<void> {
  await database?.close();
}
