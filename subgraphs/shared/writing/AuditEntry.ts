import { Schema, type Connection, type InferRawDocType } from 'mongoose';
import { provenanceSchema } from '../values.ts';
import type { StoredCitation } from './RecordKind.ts';

/** What can happen to a record. The enum `WriteOperation` of the schema. */
export const OPERATIONS = ['CREATE', 'UPDATE', 'CORRECT', 'WITHDRAW'] as const;
export type Operation = (typeof OPERATIONS)[number];

const text = { type: String, required: true } as const;

const definition = {
  /** `type/record@version`: no version of a record is written twice. */
  _id: text,
  recordType: text,
  recordId: text,
  /** The version that the record came to have; of a withdrawal, the number after its last one. */
  version: { type: Number, required: true },
  operation: { type: String, required: true, enum: OPERATIONS },
  /** When, as ISO 8601 in UTC. */
  at: text,
  agencyId: String,
  subject: String,
  reason: String,
  /** What the write rests on. */
  provenance: { type: [provenanceSchema], required: true },
  /** The row before and after. */
  before: Schema.Types.Mixed,
  after: Schema.Types.Mixed,
  /** The agencies that may read the entry: the author's, the owners', and those above them. */
  visibleTo: { type: [String], required: true },
  /** Rows of other records that followed, such as copies of a name or the rivals of a figure. */
  affectedIds: { type: [String], required: true },
} as const;

export interface AuditEntryRow extends Omit<
  InferRawDocType<typeof definition>,
  'before' | 'after' | 'provenance'
> {
  provenance: StoredCitation[];
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/**
 * Makes the model of the collection that knows what was written when, by whom, before and after. It is only
 * ever added to. The public history and the audit trail are two views of it.
 */
export function createAuditEntryModel(database: Connection) {
  const schema = new Schema(definition);
  schema.index({ recordId: 1, version: -1 });
  schema.index({ visibleTo: 1, at: -1, _id: 1 });
  schema.index({ agencyId: 1, at: -1, _id: 1 });
  schema.index({ at: -1, _id: 1 });
  // The row's type says more of `before` and `after` than mongoose can.
  return database.model<AuditEntryRow>(
    'AuditEntry',
    schema as unknown as Schema<AuditEntryRow>,
    'changes',
  );
}

export type AuditEntryModel = ReturnType<typeof createAuditEntryModel>;
