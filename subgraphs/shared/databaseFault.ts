import mongoose, { mongo } from 'mongoose';
import { GraphQLError } from 'graphql';

/** What can be wrong with a database as a whole. All of it passes: the caller can come again. */
export type DatabaseFaultCode =
  'DATABASE_UNAVAILABLE' | 'DATABASE_TIMEOUT' | 'DATABASE_OVERLOADED' | 'DATABASE_REFUSED';

const explanations: Record<DatabaseFaultCode, string> = {
  DATABASE_UNAVAILABLE: 'does not answer at the moment: try again in a few seconds',
  DATABASE_TIMEOUT: 'did not answer in time: ask for less at once, or try again in a moment',
  DATABASE_OVERLOADED: 'has too much to do at the moment: try again in a few seconds',
  DATABASE_REFUSED:
    'refuses to do this at the moment: try again later; if it lasts, tell the operator of this service',
};

/** An error that tells callers what is wrong with the database, and nothing of where it is; `cause` is for the log. */
export function databaseFault(
  code: DatabaseFaultCode,
  cause?: unknown,
  message = `The database ${explanations[code]}.`,
): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code, retryable: true },
    ...(cause instanceof Error ? { originalError: cause } : {}),
  });
}

// By number, from MongoDB's list of error codes.
const TIMEOUTS = new Set<unknown>([50, 202, 262, 89]);
/** Not allowed or not logged in, the disk is full, too many connections or open files, out of memory. */
const REFUSALS = new Set<unknown>([13, 18, 8000, 14031, 146, 264, 20031]);
/** Of a server that stops, or has lost its place as the primary. */
const ABSENCES = new Set<unknown>([
  6, 7, 91, 133, 189, 216, 9001, 10058, 10107, 11600, 11602, 13388, 13435, 13436,
]);

/** Of a socket that ended as the driver wrote to it: these reach us as Node throws them. */
const BROKEN_SOCKETS = new Set<unknown>([
  'EPIPE',
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'ETIMEDOUT',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_SOCKET_CLOSED',
]);

/** What is wrong with the database when a command fails with `error`; undefined when it is something else. */
export function databaseFaultCode(error: unknown): DatabaseFaultCode | undefined {
  if (error instanceof mongo.MongoNetworkTimeoutError) return 'DATABASE_TIMEOUT';
  // The driver does not export it.
  if (error instanceof Error && error.name === 'MongoWaitQueueTimeoutError') {
    return 'DATABASE_OVERLOADED';
  }
  if (
    error instanceof mongo.MongoNetworkError ||
    error instanceof mongo.MongoSystemError ||
    error instanceof mongo.MongoNotConnectedError ||
    error instanceof mongo.MongoTopologyClosedError ||
    error instanceof mongo.MongoExpiredSessionError ||
    error instanceof mongo.MongoClientClosedError ||
    (error instanceof mongoose.Error && !('errors' in error))
  ) {
    return 'DATABASE_UNAVAILABLE';
  }
  if (error instanceof Error && 'code' in error && BROKEN_SOCKETS.has(error.code)) {
    return 'DATABASE_UNAVAILABLE';
  }
  if (error instanceof mongo.MongoServerError) {
    const inner = error.errorResponse.writeConcernError as { code?: unknown } | undefined;
    for (const code of [error.code, inner?.code]) {
      if (TIMEOUTS.has(code)) return 'DATABASE_TIMEOUT';
      if (REFUSALS.has(code)) return 'DATABASE_REFUSED';
      if (ABSENCES.has(code)) return 'DATABASE_UNAVAILABLE';
    }
    if (error.hasErrorLabel('RetryableWriteError') || error.hasErrorLabel('RetryableError')) {
      return 'DATABASE_UNAVAILABLE';
    }
  }
  return undefined;
}
