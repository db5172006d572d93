import { provideDatabase } from '../../scripts/database/provideDatabase.ts';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The database server of all tests; each test file makes databases of its own there. */
    mongodbUri: string;
  }
}

/** Provides one database for all tests, by the ladder that users climb, on a data folder that lasts. */
export default async function globalSetup(project: TestProject) {
  const database = await provideDatabase({
    mongodbUri: process.env['MONGODB_URI'] || undefined,
    dataDir: process.env['TEST_DATA_DIR'] || '.data/test',
    log: console.log,
  });
  project.provide('mongodbUri', database.uri);
  return database.close;
}
