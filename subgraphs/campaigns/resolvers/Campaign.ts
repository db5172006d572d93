import { reading } from '../../shared/reading.ts';
import { historyField } from '../../shared/writing/history.ts';
import type { Complete } from '../../shared/types.ts';
import type { CampaignResolvers } from '../__generated__/types.ts';
import { activitiesOf, campaignsOf, modelsOf, outcomesOf, participationsOf } from '../pages.ts';
import type { CampaignRow } from '../models/Campaign.ts';

export const Campaign: Complete<CampaignResolvers, CampaignRow> = {
  __resolveReference: ({ id }, { loaders }, info) => loaders.campaign.load(id, info),
  id: reading(['_id'], ({ _id }) => _id),
  history: historyField<CampaignRow>(),
  parent: reading(['parentId'], ({ parentId }, _arguments, { loaders }, info) =>
    parentId ? loaders.campaign.load(parentId, info) : null,
  ),
  editions: reading(['_id'], ({ _id }, given, { loaders }, info) =>
    campaignsOf(loaders, 'parentId', _id, { ...given, kind: ['MOVEMENT_EDITION'] }, info),
  ),
  linkedCampaigns: reading(
    ['linkedCampaignIds'],
    ({ linkedCampaignIds }, _arguments, { loaders }, info) =>
      loaders.campaign.loadPresent(linkedCampaignIds, info),
  ),
  predecessor: reading(['predecessorId'], ({ predecessorId }, _arguments, { loaders }, info) =>
    predecessorId ? loaders.campaign.load(predecessorId, info) : null,
  ),
  successor: reading(['successorId'], ({ successorId }, _arguments, { loaders }, info) =>
    successorId ? loaders.campaign.load(successorId, info) : null,
  ),
  unit: reading(['unitId'], ({ unitId }) => (unitId ? { id: unitId } : null)),
  document: reading(['documentId'], ({ documentId }, _arguments, { loaders }, info) =>
    documentId ? loaders.document.load(documentId, info) : null,
  ),
  guidingDocuments: reading(
    ['guidingDocumentIds'],
    ({ guidingDocumentIds }, _arguments, { loaders }, info) =>
      loaders.document.loadPresent(guidingDocumentIds, info),
  ),
  participations: reading(['_id'], ({ _id }, given, { loaders }, info) =>
    participationsOf(loaders, 'campaignId', _id, given, info),
  ),
  activities: reading(['_id'], ({ _id }, given, { loaders }, info) =>
    activitiesOf(loaders, 'campaignIds', _id, given, info),
  ),
  models: reading(['_id'], ({ _id }, given, { loaders }, info) =>
    modelsOf(loaders, 'campaignId', _id, given, info),
  ),
  outcomes: reading(['_id'], ({ _id }, given, { loaders }, info) =>
    outcomesOf(loaders, 'campaignId', _id, given, info),
  ),
};
