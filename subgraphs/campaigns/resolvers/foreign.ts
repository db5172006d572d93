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
  participations: ({ id }, given, { loaders }, info) =>
    participationsOf(loaders, 'organizationId', id, given, info),
  campaigns: ({ id }, given, { loaders }, info) =>
    campaignsOf(loaders, given.role ? 'participantRoles' : 'participantIds', id, given, info),
  activities: ({ id }, given, { loaders }, info) =>
    activitiesOf(loaders, 'participantIds', id, given, info),
  documentsIssued: ({ id }, { type, ...page }, { loaders }, info) =>
    loaders.documentPage.load(id, info, () => ({
      parentField: 'issuerIds',
      conditions: oneOf('type', type),
      order: documentsByName,
      page: readPageArguments(page, documentsByName),
    })),
  modelsOperated: ({ id }, given, { loaders }, info) =>
    modelsOf(loaders, 'operatorId', id, given, info),
  outcomes: ({ id }, given, { loaders }, info) =>
    outcomesOf(loaders, 'contributorIds', id, given, info),
};

export const AdministrativeUnit: AdministrativeUnitResolvers = {
  __resolveReference: (reference) => reference,
  campaigns: ({ id }, { includeDescendants, ...given }, { loaders }, info) =>
    campaignsOf(loaders, unitField(includeDescendants), id, given, info),
  activities: ({ id }, { includeDescendants, ...given }, { loaders }, info) =>
    activitiesOf(loaders, unitField(includeDescendants), id, given, info),
  outcomes: ({ id }, { includeDescendants, ...given }, { loaders }, info) =>
    outcomesOf(loaders, unitField(includeDescendants), id, given, info),
  models: ({ id }, { includeDescendants, ...given }, { loaders }, info) =>
    modelsOf(loaders, unitField(includeDescendants), id, given, info),
};

export const PublicOfficial: PublicOfficialResolvers = {
  __resolveReference: (reference) => reference,
  participations: ({ id }, given, { loaders }, info) =>
    participationsOf(loaders, 'officialId', id, given, info),
};
