import { createHash } from 'node:crypto';
import { link, mkdir, open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { mongo } from 'mongoose';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import type { Log } from '../database/Rung.ts';
import { createProgress } from './createProgress.ts';
import {
  CONSISTENCIES,
  encodeDocument,
  encodeLine,
  GZIP_HEADER,
  VERSION,
  type Consistency,
  type End,
} from './format.ts';
import { isNotSo, openMoment } from './openMoment.ts';

interface Source {
  client: mongo.MongoClient;
  databasePrefix: string;
  /** Names of databases, without the prefix. */
  databases: readonly string[];
  log: Log;
}

const BATCH = 1_000;

/**
 * Writes all that the databases hold into a new file: as of one moment when the server allows that, and says
 * how it was. The file is there whole or not at all. It never holds more than a batch in memory.
 * @throws UserError when the file is there already or can't be written.
 */
export async function writeBackup(file: string, source: Source): Promise<End & Head> {
  const draft = `${file}.${process.pid}.draft`;
  try {
    await mkdir(dirname(file), { recursive: true });
    const written = await writeAtBest(draft, source);
    // Unlike a rename, this never takes the place of another file.
    await link(draft, file);
    await syncFolder(dirname(file));
    return written;
  } catch (error) {
    throw toClear(error, file);
  } finally {
    await unlink(draft).catch(() => undefined);
  }
}

interface Head {
  consistency: Consistency;
}

async function writeAtBest(draft: string, source: Source): Promise<End & Head> {
  for (const consistency of CONSISTENCIES) {
    try {
      return { consistency, ...(await writeLines(draft, source, consistency)) };
    } catch (error) {
      if (consistency === 'none' || !isNotSo(error)) throw error;
      source.log(`the server can't be read so (${consistency}): ${String(error)}`);
    }
  }
  throw new Error('no way to read is left');
}

async function writeLines(draft: string, source: Source, consistency: Consistency): Promise<End> {
  const end: End = { collections: [], sha256: '' };
  const moment = openMoment(source.client, consistency);
  const handle = await open(draft, 'w', 0o600);
  try {
    const lines = readLines(source, consistency, moment.session, end);
    await pipeline(lines, createGzip(), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) await handle.appendFile(chunk);
    });
    await handle.write(GZIP_HEADER, 0, GZIP_HEADER.length, 0);
    await handle.sync();
  } finally {
    await handle.close();
    await moment.close();
  }
  return end;
}

async function* readLines(
  { client, databasePrefix, databases, log }: Source,
  consistency: Consistency,
  session: mongo.ClientSession | undefined,
  end: End,
): AsyncGenerator<string> {
  const whole = createHash('sha256');
  const note = (line: string) => {
    whole.update(line);
    return line;
  };
  const progress = createProgress('read', log);
  const at = new Date().toISOString();
  yield note(encodeLine({ antqBackup: { version: VERSION, at, consistency } }));
  for (const database of databases) {
    const db = client.db(`${databasePrefix}${database}`);
    for (const { name, options } of await listCollections(db)) {
      const collection = db.collection(name);
      const indexes = await collection.indexes();
      yield note(encodeLine({ collection: { database, name, options, indexes } }));
      const own = createHash('sha256');
      let documents = 0;
      const rows = collection.find({}, { raw: true, batchSize: BATCH, session });
      for await (const row of rows) {
        // With `raw`, that is what the driver gives.
        const line = encodeDocument(row as unknown as Buffer);
        own.update(line);
        documents += 1;
        progress.add(1);
        yield note(line);
      }
      end.collections.push({ database, name, documents, sha256: own.digest('hex') });
    }
  }
  end.sha256 = whole.digest('hex');
  yield encodeLine({ end });
}

/** The collections that hold something of ours, in the order of their names. */
async function listCollections(db: mongo.Db) {
  const all = await db.listCollections().toArray();
  return all
    .filter(({ name, type }) => type === 'collection' && !/^(system|restoring)\./.test(name))
    .map((each) => ({ name: each.name, options: 'options' in each ? (each.options ?? {}) : {} }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The name of a new file outlives a loss of power as well. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

function toClear(error: unknown, file: string): unknown {
  const { code, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  if (code === 'EEXIST' && dest === file) {
    return new UserError(`${file} is there already: nothing was written over it`, [
      'Give another name with --out.',
    ]);
  }
  if (typeof code !== 'string' || !/^E[A-Z0-9]+$/.test(code)) return error;
  if (!path && !/^E(NOSPC|FBIG|DQUOT|IO|ROFS)$/.test(code)) return error;
  return new UserError(`the backup ${file} can't be written: ${(error as Error).message}`, [
    'Nothing is left of it. Make room, or give another folder with --out.',
  ]);
}
