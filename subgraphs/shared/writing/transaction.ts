import { mongo, type ClientSession, type Connection } from 'mongoose';
import { unavailable } from '../errors.ts';

/** Acknowledged is only what a majority has in its journal. */
const OPTIONS = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority', journal: true },
} as const;

const DUPLICATE_KEY = 11000;
const NO_TRANSACTIONS = 20;
const MOST_ATTEMPTS = 5;
/** So long it is tried again when other transactions are in the way. */
const PATIENCE_MS = 20_000;

const codeOf = (error: unknown) =>
  error instanceof mongo.MongoServerError ? error.code : undefined;

/**
 * Carries out `work` in one transaction, again when it met another one; so it may run several times, and
 * must do all it does with the session, one thing after another. It is told the number of the attempt.
 * Throws `UNAVAILABLE` when the database has no transactions, or does not answer.
 */
export async function inTransaction<TResult>(
  database: Connection,
  work: (session: ClientSession, attempt: number) => Promise<TResult>,
): Promise<TResult> {
  const end = Date.now() + PATIENCE_MS;
  let tries = 0;
  const workInTime = (session: ClientSession) => {
    tries += 1;
    if (Date.now() < end) return work(session, tries);
    throw unavailable(
      'The database is too busy to write this now: come again. Nothing was written.',
    );
  };
  for (let attempt = 1; ; attempt += 1) {
    const session = await database.startSession();
    try {
      return await session.withTransaction(() => workInTime(session), OPTIONS);
    } catch (error) {
      // Another transaction has inserted the same id since this one looked: it is there to be seen now.
      if (codeOf(error) === DUPLICATE_KEY && attempt < MOST_ATTEMPTS) continue;
      throw toClear(error);
    } finally {
      await session.endSession();
    }
  }
}

function toClear(error: unknown): unknown {
  if (codeOf(error) === NO_TRANSACTIONS) {
    return unavailable(
      'This database has no transactions, so nothing can be written. Run it as a replica set, of one ' +
        'member at least: start mongod with --replSet and call rs.initiate() once.',
      error,
    );
  }
  if (
    error instanceof mongo.MongoNetworkError ||
    error instanceof mongo.MongoServerSelectionError
  ) {
    return unavailable(
      'The database went away before it acknowledged the write. Send it again with the same ' +
        'idempotencyKey: it is then written once, whatever became of this attempt.',
      error,
    );
  }
  return error;
}
