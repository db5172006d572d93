import { createWriter } from '../../shared/writing/createWriter.ts';
import { database } from '../database.ts';
import { directories } from '../directories.ts';
import { AuditEntryModel } from '../models/AuditEntry.ts';
import { IdempotencyKeyModel } from '../models/IdempotencyKey.ts';
import { SourceModel } from '../models/Source.ts';
import { lookups } from './targets.ts';

/** Writes one record of this subgraph: see createWriter(). */
export const write = createWriter({
  subgraph: 'recognitions',
  database,
  auditEntries: AuditEntryModel,
  idempotencyKeys: IdempotencyKeyModel,
  sources: SourceModel,
  lookups,
  directories: Object.values(directories),
});
