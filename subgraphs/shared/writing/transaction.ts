import { mongo, type ClientSession, type Connection } from 'mongoose';
import type { GraphQLError } from 'graphql';
import { databaseFault, databaseFaultCode, type DatabaseFaultCode } from '../databaseFault.ts';
import { healthOf } from '../databaseHealth.ts';
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
 * Throws `UNAVAILABLE` when the database has no transactions, or is too busy; when the database is at fault,
 * its code, with whether it may have been written all the same. An attempt that stands still is given up.
 */
export async function inTransaction<TResult>(
  database: Connection,
  work: (session: ClientSession, attempt: number) => Promise<TResult>,
): Promise<TResult> {
  const health = healthOf(database);
  const { timeoutMs, selectionTimeoutMs } = health.limits;
  const end = Date.now() + PATIENCE_MS;
  let tries = 0;
  let isCommitting = false;
  let fault: (code: DatabaseFaultCode, cause?: unknown) => void = () => {};
  const stands = new Promise<never>((_resolve, reject) => {
    fault = (code, cause) => reject(writeFault(code, isCommitting, cause));
  });
  // Nobody may be waiting for it any more.
  stands.catch(() => undefined);
  const standstill = setTimeout(() => fault('DATABASE_TIMEOUT'), timeoutMs + selectionTimeoutMs);

  const workInTime = async (session: ClientSession) => {
    tries += 1;
    isCommitting = false;
    standstill.refresh();
    if (health.isAway) throw writeFault('DATABASE_UNAVAILABLE', false);
    if (Date.now() >= end) {
      throw unavailable(
        'The database is too busy to write this now: come again. Nothing was written.',
      );
    }
    const result = await work(session, tries);
    isCommitting = true;
    return result;
  };
  const attempt = async () => {
    const session = database.getClient().startSession();
    try {
      return await session.withTransaction(() => workInTime(session), {
        ...OPTIONS,
        maxCommitTimeMS: timeoutMs,
      });
    } finally {
      // It tells the database that a transaction is over that was not committed; nobody waits for that.
      void session.endSession().catch(() => undefined);
    }
  };
  const attempts = async () => {
    for (let number = 1; ; number += 1) {
      try {
        return await attempt();
      } catch (error) {
        // Another transaction has inserted the same id since this one looked: it is there to be seen now.
        if (codeOf(error) === DUPLICATE_KEY && number < MOST_ATTEMPTS) continue;
        if (databaseFaultCode(error)) health.note(error);
        throw toClear(error, isCommitting);
      }
    }
  };
  const observed = health.observed({ name: 'transaction', collection: 'all' }, attempts);
  return Promise.race([observed, stands]).finally(() => clearTimeout(standstill));
}

function toClear(error: unknown, isCommitting: boolean): unknown {
  if (codeOf(error) === NO_TRANSACTIONS) {
    return unavailable(
      'This database has no transactions, so nothing can be written. Run it as a replica set, of one ' +
        'member at least: start mongod with --replSet and call rs.initiate() once.',
      error,
    );
  }
  const code = databaseFaultCode(error);
  return code ? writeFault(code, isCommitting, error) : error;
}

/** What is not committed is never there; of a commit without an answer nobody knows. */
function writeFault(code: DatabaseFaultCode, isCommitting: boolean, cause?: unknown): GraphQLError {
  const known = isCommitting
    ? 'The database went away before it acknowledged the write, which may have been written or not.'
    : 'The database does not take this write at the moment. Nothing was written.';
  const fault = databaseFault(
    code,
    cause,
    `${known} Send it again with the same idempotencyKey: it is then written once, whatever became of this attempt.`,
  );
  fault.extensions['outcome'] = isCommitting ? 'UNKNOWN' : 'NOT_WRITTEN';
  return fault;
}
