import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts';
import { createProgress, grouped } from './createProgress.ts';
import { generateRecords, type SyntheticRecord } from './generateRecords.ts';
import { ID_PREFIX, syntheticIds } from './marks.ts';
import { readRegister, type Register } from './readRegister.ts';
import type { Size } from './sizes.ts';

/** Raised when equal settings are to give other records. */
const GENERATOR_VERSION = 1;
const BATCH = 500;
/** Insertions that may be on their way at once. */
const MOST_UNDER_WAY = 3;
const RECORD_ID = `${ID_PREFIX}data`;

type Row = SyntheticRecord['row'];

/** What a database remembers of the synthetic data in it. */
interface DataSetRecord {
  _id: string;
  /** Null while they are being written. */
  version: string | null;
}

/** Where to, and how to tell of it. */
export interface Target {
  /** Must be connected. */
  subgraphs: readonly Subgraph[];
  log: (line: string) => void;
}

const dataSets = (database: Connection) => database.collection<DataSetRecord>('dataSets');

const collectionOf = (database: Connection, model: string) =>
  database.collection<Row>(database.model(model).collection.name);

/** Activities have about four parts each; the rest stands in the size or follows from the units. */
function expectedRecords(size: Size, { before, since }: Register): number {
  const part =
    size.provinces === 'ALL'
      ? 1
      : before.filter(({ successorCodes: [code] }) => code && size.provinces.includes(code))
          .length / before.filter(({ code }) => code.length === 2).length;
  const units = (before.length + since.length) * part * (9.5 + size.groupsPerCommune);
  return units + size.activities * 5 + size.outcomes + size.recognitions;
}

async function deleteAll({ subgraphs, log }: Target): Promise<number> {
  let all = 0;
  for (const { name, database } of subgraphs) {
    for (const model of database.modelNames()) {
      const collection = collectionOf(database, model);
      const { deletedCount } = await collection.deleteMany(syntheticIds);
      if (deletedCount) log(`generate: ${grouped(deletedCount)} removed from ${name} ${model}`);
      all += deletedCount;
    }
  }
  return all;
}

/** Takes all synthetic records out of the databases, and nothing else. Gives their number. */
export async function removeSynthetic(target: Target): Promise<number> {
  const { subgraphs, log } = target;
  // From here on they are not whole, and the note of them goes last: whatever interrupts this, the
  // next run makes them anew.
  for (const { database } of subgraphs) {
    await dataSets(database).updateOne({ _id: RECORD_ID }, { $set: { version: null } });
  }
  const deleted = await deleteAll(target);
  for (const { database } of subgraphs) await dataSets(database).deleteOne({ _id: RECORD_ID });
  log(
    deleted
      ? `generate: ${grouped(deleted)} synthetic records removed`
      : 'generate: there are no synthetic records',
  );
  return deleted;
}

/** Writes rows in batches, a few on their way while the next one is being made. */
function createWriter(subgraphs: readonly Subgraph[], onWritten: (rows: number) => void) {
  const databases = new Map(subgraphs.map(({ name, database }) => [name, database]));
  const waiting = new Map<string, { record: SyntheticRecord; rows: Row[] }>();
  const underWay: Promise<void>[] = [];

  async function insert({ subgraph, model }: SyntheticRecord, rows: Row[]): Promise<void> {
    const database = databases.get(subgraph);
    if (!database) return;
    await collectionOf(database, model).insertMany(rows, { ordered: false, ignoreUndefined: true });
    onWritten(rows.length);
  }

  async function send(record: SyntheticRecord, rows: Row[]): Promise<void> {
    if (underWay.length >= MOST_UNDER_WAY) await underWay.shift();
    const insertion = insert(record, rows);
    // It is awaited when its turn comes; until then a failure is not unhandled.
    insertion.catch(() => {});
    underWay.push(insertion);
  }

  return {
    async add(record: SyntheticRecord): Promise<void> {
      const key = `${record.subgraph} ${record.model}`;
      const batch = waiting.get(key) ?? { record, rows: [] };
      batch.rows.push(record.row);
      waiting.set(key, batch);
      if (batch.rows.length < BATCH) return;
      waiting.delete(key);
      await send(record, batch.rows);
    },
    async end(): Promise<void> {
      for (const { record, rows } of waiting.values()) await send(record, rows);
      await Promise.all(underWay);
    },
  };
}

/**
 * Fills the databases with the synthetic data of a size and seed; facts are left alone. Does nothing
 * when they are there already. What an interrupted run or other settings left behind is removed
 * first, so that it can be run again at any point. Gives the number of records written.
 */
export async function writeSynthetic(target: Target, size: Size, seed: number): Promise<number> {
  const { subgraphs, log } = target;
  const version = createHash('sha256')
    .update(JSON.stringify([GENERATOR_VERSION, size, seed]))
    .digest('hex');
  const known = await Promise.all(
    subgraphs.map(({ database }) => dataSets(database).findOne({ _id: RECORD_ID })),
  );
  if (known.every((record) => record?.version === version)) {
    log(`generate: size ${size.name} with seed ${seed} is there already`);
    return 0;
  }
  const note = async (noted: string | null) => {
    for (const { database } of subgraphs) {
      await dataSets(database).replaceOne({ _id: RECORD_ID }, { version: noted }, { upsert: true });
    }
  };

  await note(null);
  await deleteAll(target);
  const register = await readRegister();
  const progress = createProgress(expectedRecords(size, register), log);
  let written = 0;
  const writer = createWriter(subgraphs, (rows) => {
    written += rows;
    progress.add(rows);
  });
  for (const record of generateRecords(register, size, seed)) await writer.add(record);
  await writer.end();
  await note(version);
  progress.end();
  return written;
}
