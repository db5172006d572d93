import { oneOf } from '../../shared/condition.ts';
import { findPage } from '../../shared/connection.ts';
import { order, phraseFirst } from '../../shared/order.ts';
import { readPageArguments } from '../../shared/pageArguments.ts';
import { auditTrail } from '../../shared/writing/audit.ts';
import { historyById } from '../../shared/writing/history.ts';
import { searchConditions } from '../../shared/search.ts';
import type { OrganizationSort, QueryResolvers } from '../__generated__/types.ts';
import { organizationConditions, unitConditions } from '../conditions.ts';
import { countOrganizations } from '../countOrganizations.ts';
import { AdministrativeUnitModel } from '../models/AdministrativeUnit.ts';
import { DataNoteModel } from '../models/DataNote.ts';
import { AuditEntryModel } from '../models/AuditEntry.ts';
import { OrganizationModel, type OrganizationRow } from '../models/Organization.ts';
import { PublicOfficialModel } from '../models/PublicOfficial.ts';
import { SourceModel } from '../models/Source.ts';
import {
  newestFirst,
  notesById,
  officialsByName,
  organizationsByName,
  unitsByName,
} from '../orders.ts';

const sortFields = { NAME: 'nameSort', LEVEL: 'levelRank', KIND: 'kindRank' } as const;

const organizationOrder = ({ field, direction }: OrganizationSort) =>
  order(`organizations ${field}_${direction}`, {
    [sortFields[field]]: direction === 'ASC' ? 1 : -1,
  });

export const Query: QueryResolvers = {
  organization: (_parent, { id }, { loaders }, info) => loaders.organization.load(id, info),

  organizations: (_parent, { filter, sort, ...page }, _context, info) => {
    const listOrder = sort
      ? organizationOrder(sort)
      : phraseFirst(organizationsByName, filter?.search);
    return findPage(
      OrganizationModel,
      {
        conditions: organizationConditions(filter),
        order: listOrder,
        page: readPageArguments(page, listOrder),
      },
      info,
    );
  },

  organizationCounts: (_parent, { groupBy, filter }) =>
    countOrganizations(groupBy, organizationConditions(filter)),

  organizationHistory: historyById<OrganizationRow>(),
  organizationsAuditTrail: auditTrail(AuditEntryModel),
  administrativeUnit: (_parent, { id }, { loaders }, info) => loaders.unit.load(id, info),

  administrativeUnits: (_parent, { filter, ...page }, _context, info) => {
    const listOrder = phraseFirst(unitsByName, filter?.search);
    return findPage(
      AdministrativeUnitModel,
      {
        conditions: unitConditions(filter),
        order: listOrder,
        page: readPageArguments(page, listOrder),
      },
      info,
    );
  },

  publicOfficial: (_parent, { id }, { loaders }, info) => loaders.official.load(id, info),

  publicOfficials: (_parent, { search, organizationId, ...page }, _context, info) => {
    const listOrder = phraseFirst(officialsByName, search);
    return findPage(
      PublicOfficialModel,
      {
        conditions: [...oneOf('organizationIds', organizationId), ...searchConditions(search)],
        order: listOrder,
        page: readPageArguments(page, listOrder),
      },
      info,
    );
  },

  source: (_parent, { id }, { loaders }, info) => loaders.source.load(id, info),

  sources: (_parent, { search, ...page }, _context, info) => {
    const listOrder = phraseFirst(newestFirst, search);
    return findPage(
      SourceModel,
      {
        conditions: searchConditions(search),
        order: listOrder,
        page: readPageArguments(page, listOrder),
      },
      info,
    );
  },

  dataNotes: (_parent, { type, sourceId, recordId, ...page }, _context, info) =>
    findPage(
      DataNoteModel,
      {
        conditions: [
          ...oneOf('recordIds', recordId),
          ...oneOf('sourceIds', sourceId),
          ...oneOf('type', type),
        ],
        order: notesById,
        page: readPageArguments(page, notesById),
      },
      info,
    ),
};
