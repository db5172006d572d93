import type { mongo } from 'mongoose';
import { restoreMarks } from '../../subgraphs/shared/restoreMark.ts';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import type { Log } from '../database/Rung.ts';
import { createProgress } from './createProgress.ts';
import type { End } from './format.ts';
import { readBackup } from './readBackup.ts';

interface Target {
  client: mongo.MongoClient;
  databasePrefix: string;
  /** Names of databases, without the prefix. */
  databases: readonly string[];
  /** Whether what is there already goes. */
  replace: boolean;
  log: Log;
}

/** Collections are loaded under such names, and put into their places when all are there. */
const DRAFT = 'restoring.';
const BATCH_DOCUMENTS = 1_000;
const BATCH_BYTES = 8 * 1024 * 1024;

/**
 * Restores a backup: verifies all of it, loads it beside what is there, and puts it into its place at the
 * end. Until then nothing changes; during the last step, a second or so, a mark in each database keeps subgraphs from
 * serving half of it. Killed at any point, it can be run again.
 * @throws UserError when the file is not whole, or the databases hold something and `replace` is not set.
 */
export async function restoreBackup(file: string, target: Target): Promise<End> {
  const { log, databases } = target;
  log(`verifying ${file}`);
  const end = await verify(file, log);
  const strange = end.collections.find(({ database }) => !databases.includes(database));
  if (strange) throw new UserError(`${file} holds a database ${strange.database}: there is none`);
  await requireRoom(target, end);

  try {
    await clearDrafts(target);
    await load(file, target, end);
  } catch (error) {
    await clearDrafts(target).catch(() => undefined);
    throw error;
  }
  await putIntoPlace(target, end);
  return end;
}

async function verify(file: string, log: Log): Promise<End> {
  const progress = createProgress('verified', log);
  for await (const part of readBackup(file)) {
    if ('document' in part) progress.add(1);
    if ('end' in part) return part.end;
  }
  throw new Error('a backup without an end');
}

const dbOf = ({ client, databasePrefix }: Target, database: string) =>
  client.db(`${databasePrefix}${database}`);

async function collectionsIn(db: mongo.Db): Promise<string[]> {
  const all = await db.listCollections({}, { nameOnly: true }).toArray();
  return all.map(({ name }) => name).filter((name) => !name.startsWith('system.'));
}

async function requireRoom(target: Target, { sha256 }: End): Promise<void> {
  if (target.replace) return;
  for (const database of target.databases) {
    const db = dbOf(target, database);
    const mark = await restoreMarks(db).findOne({ _id: 'restore' });
    // What a run before this one has put there.
    if (mark?.sha256 === sha256) continue;
    for (const name of await collectionsIn(db)) {
      if (name.startsWith(DRAFT) || !(await db.collection(name).findOne({}))) continue;
      throw new UserError(
        `the database ${db.databaseName} is not empty: its collection ${name} holds documents`,
        [
          'To put the backup into the place of all that is there, stop the graph and add --replace.',
          'To look at it beside what is there, set another DATABASE_PREFIX.',
        ],
      );
    }
  }
}

async function clearDrafts(target: Target): Promise<void> {
  for (const database of target.databases) {
    const db = dbOf(target, database);
    for (const name of await collectionsIn(db)) {
      if (name.startsWith(DRAFT)) await db.dropCollection(name);
    }
  }
}

async function load(file: string, target: Target, verified: End): Promise<void> {
  const total = verified.collections.reduce((sum, { documents }) => sum + documents, 0);
  const progress = createProgress('restored', target.log, total);
  let into: mongo.Collection | undefined;
  let batch: mongo.BSON.Document[] = [];
  let size = 0;
  const flush = async () => {
    if (into && batch.length) await into.insertMany(batch, { ordered: false });
    progress.add(batch.length);
    batch = [];
    size = 0;
  };
  for await (const part of readBackup(file)) {
    if ('collection' in part) {
      await flush();
      const { database, name, options, indexes } = part.collection;
      const db = dbOf(target, database);
      into = db.collection(DRAFT + name);
      await db.command({ create: DRAFT + name, ...options });
      const own = indexes
        .filter((index) => index['name'] !== '_id_')
        .map(({ ns: _ns, ...rest }) => rest);
      if (own.length) await db.command({ createIndexes: DRAFT + name, indexes: own });
    } else if ('document' in part) {
      batch.push(part.document);
      size += part.bytes;
      if (batch.length >= BATCH_DOCUMENTS || size >= BATCH_BYTES) await flush();
    } else if (part.end.sha256 !== verified.sha256) {
      throw new UserError(`${file} has changed while it was read: nothing was restored`);
    }
  }
  await flush();
  for (const { database, name, documents } of verified.collections) {
    const count = await dbOf(target, database)
      .collection(DRAFT + name)
      .countDocuments();
    if (count === documents) continue;
    throw new UserError(
      `${database}.${name} has ${count} documents instead of ${documents}: nothing was restored`,
      [
        'Something else writes there, or another restore is under way: stop it, and run this again.',
      ],
    );
  }
}

async function putIntoPlace(target: Target, { collections, sha256 }: End): Promise<void> {
  const dbs = target.databases.map((database) => ({ database, db: dbOf(target, database) }));
  const mark = { sha256, at: new Date() };
  for (const { db } of dbs) {
    await restoreMarks(db).replaceOne({ _id: 'restore' }, mark, { upsert: true });
  }
  for (const { database, db } of dbs) {
    const wanted = collections.filter((each) => each.database === database);
    const names = new Set(wanted.map(({ name }) => name));
    for (const name of names) await db.renameCollection(DRAFT + name, name, { dropTarget: true });
    for (const name of await collectionsIn(db)) {
      if (!names.has(name) && name !== restoreMarks(db).collectionName)
        await db.dropCollection(name);
    }
  }
  for (const { db } of dbs) await restoreMarks(db).drop();
}
