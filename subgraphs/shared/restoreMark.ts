import type { mongo } from 'mongoose';
import { UserError } from './UserError.ts';

/** Stands in each database while a restore puts its collections into their places. */
export interface RestoreMark {
  _id: 'restore';
  /** Of the backup. */
  sha256: string;
  at: Date;
}

/** Where the mark of a database is. */
export const restoreMarks = (db: mongo.Db): mongo.Collection<RestoreMark> =>
  db.collection<RestoreMark>('restores');

/** Throws a UserError when a restore of the database has begun and not ended: what it holds is no whole. */
export async function requireRestored(db: mongo.Db): Promise<void> {
  const mark = await restoreMarks(db).findOne({ _id: 'restore' });
  if (!mark) return;
  throw new UserError(
    `the database ${db.databaseName} is half restored: a restore began ${mark.at.toISOString()} and did not end`,
    ['Run it again, with the same file: npm run restore -- FILE'],
  );
}
