import { createHash } from 'node:crypto';
import type { Connection, Model, mongo } from 'mongoose';
import { UserError } from '../../subgraphs/shared/UserError.ts';

type Row = mongo.BSON.Document & { _id: string };

/** Rows by the name of their model. */
export type RowsByModel = Record<string, Row[]>;

/** What a database remembers of a data set: which version it holds whole, and which records are of it. */
interface DataSetRecord {
  _id: string;
  /** Null while it is being written. */
  version: string | null;
  ids: Record<string, string[]>;
}

const versionOf = (rows: RowsByModel) =>
  createHash('sha256').update(JSON.stringify(rows)).digest('hex');

const idsOf = (rows: RowsByModel) =>
  Object.fromEntries(
    Object.entries(rows).map(([model, all]) => [model, all.map(({ _id }) => _id)]),
  );

async function validate(database: Connection, rows: RowsByModel): Promise<void> {
  const problems: string[] = [];
  for (const [name, all] of Object.entries(rows)) {
    const model: Model<Row> = database.model<Row>(name);
    for (const row of all) {
      await new model(row).validate().catch((error: Error) => {
        problems.push(`${row._id}: ${error.message}`);
      });
    }
  }
  if (problems.length) throw new UserError('The data set does not fit the models:', problems);
}

/** Ids of records that agencies have written since they were loaded: what they wrote stands. */
async function findWritten(database: Connection, ids: readonly string[]): Promise<Set<string>> {
  const written = await database
    .collection<{ recordId: string }>('changes')
    .distinct('recordId', { recordId: { $in: [...ids] } });
  return new Set(written);
}

/**
 * Writes a data set into the database of a subgraph: what it holds becomes just these rows, and no
 * other record is touched, nor one that an agency has written since. Does nothing when this version is there already. It can be interrupted at
 * any point and run again: each row is replaced by its id, and the version is noted last.
 * Gives the number of rows written. Throws a UserError when a row does not fit its model.
 */
export async function writeDataSet(
  database: Connection,
  name: string,
  rows: RowsByModel,
): Promise<number> {
  const dataSets = database.collection<DataSetRecord>('dataSets');
  const version = versionOf(rows);
  const known = await dataSets.findOne({ _id: name });
  if (known?.version === version) return 0;

  await validate(database, rows);
  const ids = idsOf(rows);
  const before = known?.ids ?? {};
  const either = Object.fromEntries(
    [...new Set([...Object.keys(before), ...Object.keys(ids)])].map((model) => [
      model,
      [...new Set([...(before[model] ?? []), ...(ids[model] ?? [])])],
    ]),
  );
  const note = (record: Omit<DataSetRecord, '_id'>) =>
    dataSets.replaceOne({ _id: name }, record, { upsert: true });

  await note({ version: null, ids: either });
  for (const [model, all] of Object.entries(rows)) {
    const collection = database.collection<Row>(database.model(model).collection.name);
    const wanted = new Set(ids[model]);
    const written = await findWritten(database, either[model] ?? []);
    const gone = (before[model] ?? []).filter((id) => !wanted.has(id) && !written.has(id));
    await collection.bulkWrite(
      [
        ...all
          .filter(({ _id }) => !written.has(_id))
          .map((row) => ({
            replaceOne: { filter: { _id: row._id }, replacement: row, upsert: true },
          })),
        { deleteMany: { filter: { _id: { $in: gone } } } },
      ],
      { ordered: false, ignoreUndefined: true },
    );
  }
  await note({ version, ids });
  return Object.values(rows).flat().length;
}
