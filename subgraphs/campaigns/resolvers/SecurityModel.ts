import { reading } from '../../shared/reading.ts';
import { historyField } from '../../shared/writing/history.ts';
import type { Complete } from '../../shared/types.ts';
import type { SecurityModelResolvers } from '../__generated__/types.ts';
import type { SecurityModelRow } from '../models/SecurityModel.ts';

export const SecurityModel: Complete<SecurityModelResolvers, SecurityModelRow> = {
  __resolveReference: ({ id }, { loaders }, info) => loaders.model.load(id, info),
  id: reading(['_id'], ({ _id }) => _id),
  history: historyField<SecurityModelRow>(),
  unit: reading(['unitId'], ({ unitId }) => (unitId ? { id: unitId } : null)),
  sites: reading(['siteIds'], ({ siteIds }) => siteIds.map((id) => ({ id }))),
  operator: reading(['operatorId'], ({ operatorId }) => (operatorId ? { id: operatorId } : null)),
  group: reading(['groupId'], ({ groupId }) => (groupId ? { id: groupId } : null)),
  campaign: reading(['campaignId'], ({ campaignId }, _arguments, { loaders }, info) =>
    campaignId ? loaders.campaign.load(campaignId, info) : null,
  ),
};
