import { createAuditEntryModel } from '../../shared/writing/AuditEntry.ts';
import { database } from '../database.ts';

export const AuditEntryModel = createAuditEntryModel(database);
