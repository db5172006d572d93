import { oneOf } from '../../shared/condition.ts';
import { findPage } from '../../shared/connection.ts';
import { order, phraseFirst } from '../../shared/order.ts';
import { readPageArguments } from '../../shared/pageArguments.ts';
import { searchConditions } from '../../shared/search.ts';
import type { OrganizationSort, QueryResolvers } from '../__generated__/types.ts';
import { organizationConditions, unitConditions } from '../conditions.ts';
import { countOrganizations } from '../countOrganizations.ts';
import { AdministrativeUnitModel } from '../models/AdministrativeUnit.ts';
import { DataNoteModel } from '../models/DataNote.ts';
import { OrganizationModel } from '../models/Organization.ts';
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
  organization: (_parent, { id }, { loaders }) => loaders.organization.load(id),

  organizations: (_parent, { filter, sort, ...page }) => {
    const listOrder = sort
      ? organizationOrder(sort)
      : phraseFirst(organizationsByName, filter?.search);
    return findPage(OrganizationModel, {
      conditions: organizationConditions(filter),
      order: listOrder,
      page: readPageArguments(page, listOrder),
    });
  },

  organizationCounts: (_parent, { groupBy, filter }) =>
    countOrganizations(groupBy, organizationConditions(filter)),

  administrativeUnit: (_parent, { id }, { loaders }) => loaders.unit.load(id),

  administrativeUnits: (_parent, { filter, ...page }) => {
    const listOrder = phraseFirst(unitsByName, filter?.search);
    return findPage(AdministrativeUnitModel, {
      conditions: unitConditions(filter),
      order: listOrder,
      page: readPageArguments(page, listOrder),
    });
  },

  publicOfficial: (_parent, { id }, { loaders }) => loaders.official.load(id),

  publicOfficials: (_parent, { search, organizationId, ...page }) => {
    const listOrder = phraseFirst(officialsByName, search);
    return findPage(PublicOfficialModel, {
      conditions: [...oneOf('organizationIds', organizationId), ...searchConditions(search)],
      order: listOrder,
      page: readPageArguments(page, listOrder),
    });
  },

  source: (_parent, { id }, { loaders }) => loaders.source.load(id),

  sources: (_parent, { search, ...page }) => {
    const listOrder = phraseFirst(newestFirst, search);
    return findPage(SourceModel, {
      conditions: searchConditions(search),
      order: listOrder,
      page: readPageArguments(page, listOrder),
    });
  },

  dataNotes: (_parent, { type, sourceId, recordId, ...page }) =>
    findPage(DataNoteModel, {
      conditions: [
        ...oneOf('recordIds', recordId),
        ...oneOf('sourceIds', sourceId),
        ...oneOf('type', type),
      ],
      order: notesById,
      page: readPageArguments(page, notesById),
    }),
};
