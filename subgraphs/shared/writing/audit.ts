import type { GraphQLResolveInfo } from 'graphql';
import type { Condition } from '../condition.ts';
import { oneOf } from '../condition.ts';
import { findPage } from '../connection.ts';
import { badUserInput } from '../errors.ts';
import { isRecord } from '../isRecord.ts';
import { order } from '../order.ts';
import { readPageArguments, type PageArguments } from '../pageArguments.ts';
import { firstDay, lastDay } from '../partialDate.ts';
import { reading } from '../reading.ts';
import type { Viewer } from '../Viewer.ts';
import type { AuditEntryModel, AuditEntryRow, Operation } from './AuditEntry.ts';
import { isAdministrator, requireAuditor } from './mayWrite.ts';

const newestFirst = order('audit NEWEST', { at: -1 });

interface AuditFilter {
  recordType?: string | null;
  recordId?: string | null;
  agencyId?: string | null;
  operation?: readonly Operation[] | null;
  period?: { from?: string | null; to?: string | null } | null;
}

function auditConditions(filter: AuditFilter | null | undefined, viewer: Viewer): Condition[] {
  const { from, to } = filter?.period ?? {};
  if (from && to && firstDay(from) > lastDay(to)) {
    throw badUserInput(`A period cannot begin (from: "${from}") after it ends (to: "${to}").`);
  }
  return [
    ...oneOf('recordId', filter?.recordId),
    // Who is no administrator reads what concerns its agency, whatever else is asked for.
    ...(isAdministrator(viewer) ? [] : oneOf('visibleTo', viewer.agency ?? [])),
    ...oneOf('agencyId', filter?.agencyId),
    ...oneOf('recordType', filter?.recordType),
    ...oneOf('operation', filter?.operation),
    ...(from ? [{ expression: { at: { $gte: firstDay(from) } } }] : []),
    // Every time of the last day stands before this.
    ...(to ? [{ expression: { at: { $lt: `${lastDay(to)}~` } } }] : []),
  ];
}

/** The resolver of a subgraph's audit trail. Throws `UNAUTHENTICATED` and `FORBIDDEN`. */
export const auditTrail =
  (model: AuditEntryModel) =>
  (
    _parent: unknown,
    { filter, ...page }: PageArguments & { filter?: AuditFilter | null },
    { viewer }: { viewer: Viewer },
    info: GraphQLResolveInfo,
  ) => {
    requireAuditor(viewer);
    return findPage(
      model,
      {
        conditions: auditConditions(filter, viewer),
        order: newestFirst,
        page: readPageArguments(page, newestFirst),
      },
      info,
    );
  };

/** Fields that only serve to find rows, and say nothing that others do not. */
const DERIVED = ['searchPrefixes', 'searchText', 'nameSort'];

const shown = (row: unknown) =>
  isRecord(row)
    ? Object.fromEntries(Object.entries(row).filter(([name]) => !DERIVED.includes(name)))
    : null;

/** Resolvers of the type `AuditEntry`, but for its agency. */
export const auditEntryFields = {
  id: reading(['_id'], ({ _id }: Pick<AuditEntryRow, '_id'>) => _id),
  before: reading(['before'], ({ before }: Pick<AuditEntryRow, 'before'>) => shown(before)),
  after: reading(['after'], ({ after }: Pick<AuditEntryRow, 'after'>) => shown(after)),
};
