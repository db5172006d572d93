import { oneOf } from '../../shared/condition.ts';
import { readPageArguments } from '../../shared/pageArguments.ts';
import { unitField } from '../../shared/unitField.ts';
import type {
  AdministrativeUnitResolvers,
  OrganizationResolvers,
  PublicOfficialResolvers,
} from '../__generated__/types.ts';
import { documentsByName } from '../orders.ts';
import { activitiesOf, campaignsOf, modelsOf, outcomesOf, participationsOf } from '../pages.ts';

/** What this subgraph adds to records that the organizations subgraph owns. */

export const Organization: OrganizationResolvers = {
  __resolveReference: (reference) => reference,
  participations: ({ id }, given, { loaders }) =>
    participationsOf(loaders, 'organizationId', id, given),
  campaigns: ({ id }, given, { loaders }) =>
    campaignsOf(loaders, given.role ? 'participantRoles' : 'participantIds', id, given),
  activities: ({ id }, given, { loaders }) => activitiesOf(loaders, 'participantIds', id, given),
  documentsIssued: ({ id }, { type, ...page }, { loaders }) =>
    loaders
      .documentPage({
        parentField: 'issuerIds',
        conditions: oneOf('type', type),
        order: documentsByName,
        page: readPageArguments(page, documentsByName),
      })
      .load(id),
  modelsOperated: ({ id }, given, { loaders }) => modelsOf(loaders, 'operatorId', id, given),
  outcomes: ({ id }, given, { loaders }) => outcomesOf(loaders, 'contributorIds', id, given),
};

export const AdministrativeUnit: AdministrativeUnitResolvers = {
  __resolveReference: (reference) => reference,
  campaigns: ({ id }, { includeDescendants, ...given }, { loaders }) =>
    campaignsOf(loaders, unitField(includeDescendants), id, given),
  activities: ({ id }, { includeDescendants, ...given }, { loaders }) =>
    activitiesOf(loaders, unitField(includeDescendants), id, given),
  outcomes: ({ id }, { includeDescendants, ...given }, { loaders }) =>
    outcomesOf(loaders, unitField(includeDescendants), id, given),
  models: ({ id }, { includeDescendants, ...given }, { loaders }) =>
    modelsOf(loaders, unitField(includeDescendants), id, given),
};

export const PublicOfficial: PublicOfficialResolvers = {
  __resolveReference: (reference) => reference,
  participations: ({ id }, given, { loaders }) =>
    participationsOf(loaders, 'officialId', id, given),
};
