import { unitField } from '../../shared/unitField.ts';
import type {
  ActivityResolvers,
  AdministrativeUnitResolvers,
  CampaignResolvers,
  OrganizationResolvers,
  PublicOfficialResolvers,
} from '../__generated__/types.ts';
import { countedConditions } from '../conditions.ts';
import { recognitionsOf } from '../recognitionsOf.ts';

/** What this subgraph adds to records that other subgraphs own. */

/** Awards of the editions of a movement count as its own unless the client says otherwise. */
const campaignField = (includeEditions: boolean | null | undefined) =>
  includeEditions === false ? 'campaignId' : 'campaignOrMovementIds';

export const Organization: OrganizationResolvers = {
  __resolveReference: (reference) => reference,
  recognitionsIssued: ({ id }, given, { loaders }, info) =>
    recognitionsOf(loaders, 'issuerIds', id, given, info),
  recognitionsReceived: ({ id }, { viaGroup, ...given }, { loaders }, info) =>
    recognitionsOf(loaders, viaGroup ? 'recipientOrMemberIds' : 'recipientIds', id, given, info),
};

export const AdministrativeUnit: AdministrativeUnitResolvers = {
  __resolveReference: (reference) => reference,
  recognitions: ({ id }, { includeDescendants, ...given }, { loaders }, info) =>
    recognitionsOf(loaders, unitField(includeDescendants), id, given, info),
};

export const Campaign: CampaignResolvers = {
  __resolveReference: (reference) => reference,
  recognitions: ({ id }, { includeEditions, ...given }, { loaders }, info) =>
    recognitionsOf(loaders, campaignField(includeEditions), id, given, info),
  recognitionTotals: ({ id }, { includeEditions, filter }, { loaders }, info) =>
    loaders.totalsOf.load(id, info, () => ({
      field: campaignField(includeEditions),
      conditions: countedConditions(filter),
    })),
};

export const Activity: ActivityResolvers = {
  __resolveReference: (reference) => reference,
  recognitions: ({ id }, given, { loaders }, info) =>
    recognitionsOf(loaders, 'activityId', id, given, info),
  recognitionTotals: ({ id }, { filter }, { loaders }, info) =>
    loaders.totalsOf.load(id, info, () => ({
      field: 'activityId',
      conditions: countedConditions(filter),
    })),
};

export const PublicOfficial: PublicOfficialResolvers = {
  __resolveReference: (reference) => reference,
  recognitionsPresented: ({ id }, given, { loaders }, info) =>
    recognitionsOf(loaders, 'presentedByIds', id, given, info),
};
