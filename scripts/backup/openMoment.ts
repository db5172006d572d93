import { mongo } from 'mongoose';
import type { Consistency } from './format.ts';

/** A moment at which several databases of one server are read. */
export interface Moment {
  session: mongo.ClientSession | undefined;
  close(): Promise<void>;
}

/** Opens a moment of a kind. Whether the server has that kind shows when it is read. */
export function openMoment(client: mongo.MongoClient, consistency: Consistency): Moment {
  if (consistency === 'none') return { session: undefined, close: async () => {} };
  const session = client.startSession({ snapshot: consistency === 'snapshot' });
  if (consistency === 'transaction') {
    session.startTransaction({ readConcern: { level: 'snapshot' } });
  }
  return {
    session,
    close: async () => {
      if (session.inTransaction()) await session.abortTransaction().catch(() => undefined);
      await session.endSession();
    },
  };
}

/** No transactions or snapshots at all; a transaction that took longer than the server lets it; one that is too old. */
const NOT_SO = [20, 72, 115, 123, 239, 246, 251, 263, 290];

/** Whether the server, or the time that it took, does not allow this kind of reading. */
export const isNotSo = (error: unknown): boolean =>
  (error instanceof mongo.MongoServerError && NOT_SO.includes(Number(error.code))) ||
  error instanceof mongo.MongoCompatibilityError;
