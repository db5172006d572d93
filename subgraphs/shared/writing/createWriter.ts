import type { Connection } from 'mongoose';
import type { AnyModel } from '../AnyModel.ts';
import type { WatchedDirectory } from '../createDirectory.ts';
import type { Viewer } from '../Viewer.ts';
import { Attempt } from './Attempt.ts';
import type { AuditEntryModel, AuditEntryRow, Operation } from './AuditEntry.ts';
import {
  findKey,
  hashOf,
  KEY_REUSED,
  keyProblem,
  noteKey,
  type IdempotencyKeyModel,
} from './idempotency.ts';
import { requireWriter } from './mayWrite.ts';
import type { Problem } from './Problem.ts';
import type { RecordKind, StoredRow } from './RecordKind.ts';
import type { KnownOrganization, KnownSource } from './references.ts';
import { inTransaction } from './transaction.ts';
import { beginWriting, type AlsoWritten, type Lookups } from './Writing.ts';

/** One write as it is asked for, through GraphQL or not. */
export interface WriteRequest {
  operation: Operation;
  /** Of the record; none for CREATE, whose input may have one. */
  id?: string | null | undefined;
  /** The version that the author has seen; for all but CREATE. */
  version?: number | null | undefined;
  input?: unknown;
  /** The citation that the write rests on; CREATE has it in `input.provenance`. */
  source?: unknown;
  /** Why; for CORRECT and WITHDRAW. */
  reason?: string | null | undefined;
  idempotencyKey?: string | null | undefined;
}

/** What came of a write. */
export interface WriteResult<TRow> {
  /** The record as it was written; after WITHDRAW as it last stood; with CONFLICT as it stands; else null. */
  row: TRow | null;
  problems: readonly Problem[];
  /** Whether it had been written before, with the same idempotency key. */
  isRepeated?: boolean;
}

/** How a write may differ from one that comes by itself. */
export interface WriteManner {
  /** Find out what would come of it, and write nothing. */
  isTrial?: boolean;
  /** Let the idempotency key stand for good. */
  keepsKey?: boolean;
}

/** Targets that the engine itself looks up. */
export interface CommonTargets {
  organization: KnownOrganization;
  source: KnownSource;
}

/** What a subgraph is written through. */
export interface WriterDefinition<TTargets extends CommonTargets> {
  subgraph: string;
  database: Connection;
  auditEntries: AuditEntryModel;
  idempotencyKeys: IdempotencyKeyModel;
  /** Where copies of sources stand. */
  sources: AnyModel;
  lookups: Lookups<TTargets>;
  directories: readonly WatchedDirectory[];
}

/**
 * Makes the function that writes one record of a subgraph: it checks who asks and what, derives the row, and
 * writes it with its audit entry and the idempotency key in one transaction. What the author can mend comes
 * as problems, all at once; then nothing was written. Throws `UNAUTHENTICATED` and `FORBIDDEN` before it
 * says anything of the record or the input, and `UNAVAILABLE` when the database or another service is away.
 */
export function createWriter<TTargets extends CommonTargets>(
  definition: WriterDefinition<TTargets>,
) {
  const { subgraph, database, idempotencyKeys, directories } = definition;
  return async function write<TRow extends StoredRow, TStated extends object>(
    kind: RecordKind<TTargets, TRow, TStated>,
    request: WriteRequest,
    viewer: Viewer,
    { isTrial = false, keepsKey = false }: WriteManner = {},
  ): Promise<WriteResult<TRow>> {
    requireWriter(viewer, kind.anyScope ? null : subgraph);
    const { idempotencyKey, ...asked } = request;
    const wrongKey = typeof idempotencyKey === 'string' ? keyProblem(idempotencyKey) : null;
    if (wrongKey) return { row: null, problems: [wrongKey] };
    const key = idempotencyKey ? `${viewer.agency ?? viewer.subject}|${idempotencyKey}` : null;
    const hash = hashOf({ type: kind.type, ...asked });
    let written: readonly AlsoWritten[] = [];
    const result = await inTransaction(
      database,
      async (session, tries): Promise<WriteResult<TRow>> => {
        written = [];
        const known = key && (await findKey(idempotencyKeys, key, session));
        if (known) {
          if (known.hash !== hash) return { row: null, problems: [KEY_REUSED] };
          const found = await definition.auditEntries.collection.findOne(
            { _id: known.entryId as never },
            { session },
          );
          const entry = found as AuditEntryRow | null;
          const row = (entry?.after ?? entry?.before ?? null) as TRow | null;
          return { row, problems: [], isRepeated: true };
        }
        const writing = beginWriting(session, definition.lookups);
        const attempt = new Attempt(definition, kind, request, viewer, writing, tries);
        const outcome = await attempt.run();
        if (isTrial) await session.abortTransaction();
        if (isTrial || outcome.problems.length) return outcome;
        written = attempt.written;
        if (key) {
          const { entryId } = attempt;
          const at = keepsKey ? null : new Date();
          await noteKey(idempotencyKeys, { _id: key, hash, entryId, at }, session);
        }
        return outcome;
      },
    );
    // Whoever asks this process next sees it, however late the change stream is.
    for (const { model, before, after } of written) {
      const directory = directories.find((each) => each.collection === model.collection.name);
      directory?.forget((after ?? before)?._id ?? '');
    }
    return result;
  };
}
