import { join } from 'node:path';
import { PATIENT_LIMITS } from '../../subgraphs/shared/databaseSettings.ts';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import { subgraphs } from '../../subgraphs/index.ts';
import { readConfig } from '../config.ts';
import type { Database } from '../database/Database.ts';
import { provideDatabase } from '../database/provideDatabase.ts';
import { syntheticIds } from '../generate/marks.ts';
import type { Size } from '../generate/sizes.ts';
import { writeSynthetic } from '../generate/writeSynthetic.ts';
import { seedFacts } from '../seed/seedFacts.ts';
import { activeKinds, type Samples } from './operations/createOperations.ts';

/** A database that holds the data to measure with. */
export interface Data {
  database: Database;
  databasePrefix: string;
  /** Where the bench keeps files of its own. */
  folder: string;
  samples: Samples;
}

const SEED = 1;
const SLOW_RUNG = 'SecantusDB from PyPI';

/**
 * Provides the data of a size, apart from all data that are used otherwise: in a folder of their own, or
 * under names of their own where a database is named.
 */
export async function prepareData(size: Size, log: (line: string) => void): Promise<Data> {
  const { mongodbUri, dataDir } = readConfig(process.env);
  const folder = join(dataDir, `bench-${size.name}`);
  const databasePrefix = mongodbUri ? `bench_${size.name}_` : '';
  const database = await provideDatabase({ mongodbUri, dataDir: folder, log });
  if (database.rung === SLOW_RUNG) {
    log(
      'bench: this is the slowest database of the ladder: data take long, rows with it say little',
    );
  }
  for (const subgraph of subgraphs) {
    await subgraph.connect({ uri: database.uri, databasePrefix, limits: PATIENT_LIMITS });
  }
  await seedFacts(subgraphs, log);
  await writeSynthetic({ subgraphs, log }, size, SEED);
  const samples = await readSamples();
  for (const subgraph of subgraphs) await subgraph.disconnect();
  return { database, databasePrefix, folder, samples };
}

const SAMPLES = 200;

async function readSamples(): Promise<Samples> {
  const byName = { nameSort: 1, _id: 1 } as const;
  const organizations = { kind: { $in: activeKinds }, level: 'PROVINCE' };
  return {
    unitIds: await readIds('organizations', 'AdministrativeUnit', { level: 'DISTRICT' }, byName),
    organizationIds: await readIds('organizations', 'Organization', organizations, byName),
    activityIds: await readIds(
      'campaigns',
      'Activity',
      { form: 'HONOURING_CONFERENCE' },
      { latestFirst: -1, _id: 1 },
    ),
  };
}

async function readIds(
  subgraphName: string,
  modelName: string,
  wanted: object,
  sort: Record<string, 1 | -1>,
) {
  const database = subgraphs.find(({ name }) => name === subgraphName)?.database;
  const rows = await database
    ?.collection<{ _id: string }>(database.model(modelName).collection.name)
    .find({ ...wanted, ...syntheticIds }, { projection: { _id: 1 } })
    .sort(sort)
    .limit(SAMPLES)
    .toArray();
  if (!rows?.length) throw new UserError(`the data hold no ${modelName} to ask for`);
  return rows.map(({ _id }) => _id);
}
