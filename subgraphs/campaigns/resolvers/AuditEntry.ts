import { reading } from '../../shared/reading.ts';
import { auditEntryFields } from '../../shared/writing/audit.ts';
import type { AuditEntryRow } from '../../shared/writing/AuditEntry.ts';
import type { Complete } from '../../shared/types.ts';
import type { AuditEntryResolvers } from '../__generated__/types.ts';

export const AuditEntry: Complete<AuditEntryResolvers, AuditEntryRow> = {
  ...auditEntryFields,
  agency: reading(['agencyId'], ({ agencyId }) => (agencyId ? { id: agencyId } : null)),
};
