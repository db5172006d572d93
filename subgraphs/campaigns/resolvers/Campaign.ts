import { loadPresent } from '../../shared/rowLoaders.ts';
import type { Complete } from '../../shared/types.ts';
import type { CampaignResolvers } from '../__generated__/types.ts';
import { activitiesOf, campaignsOf, modelsOf, outcomesOf, participationsOf } from '../pages.ts';
import type { CampaignRow } from '../models/Campaign.ts';

export const Campaign: Complete<CampaignResolvers, CampaignRow> = {
  __resolveReference: ({ id }, { loaders }) => loaders.campaign.load(id),
  id: ({ _id }) => _id,
  parent: ({ parentId }, _arguments, { loaders }) =>
    parentId ? loaders.campaign.load(parentId) : null,
  editions: ({ _id }, given, { loaders }) =>
    campaignsOf(loaders, 'parentId', _id, { ...given, kind: ['MOVEMENT_EDITION'] }),
  linkedCampaigns: ({ linkedCampaignIds }, _arguments, { loaders }) =>
    loadPresent(loaders.campaign, linkedCampaignIds),
  predecessor: ({ predecessorId }, _arguments, { loaders }) =>
    predecessorId ? loaders.campaign.load(predecessorId) : null,
  successor: ({ successorId }, _arguments, { loaders }) =>
    successorId ? loaders.campaign.load(successorId) : null,
  unit: ({ unitId }) => (unitId ? { id: unitId } : null),
  document: ({ documentId }, _arguments, { loaders }) =>
    documentId ? loaders.document.load(documentId) : null,
  guidingDocuments: ({ guidingDocumentIds }, _arguments, { loaders }) =>
    loadPresent(loaders.document, guidingDocumentIds),
  participations: ({ _id }, given, { loaders }) =>
    participationsOf(loaders, 'campaignId', _id, given),
  activities: ({ _id }, given, { loaders }) => activitiesOf(loaders, 'campaignIds', _id, given),
  models: ({ _id }, given, { loaders }) => modelsOf(loaders, 'campaignId', _id, given),
  outcomes: ({ _id }, given, { loaders }) => outcomesOf(loaders, 'campaignId', _id, given),
};
