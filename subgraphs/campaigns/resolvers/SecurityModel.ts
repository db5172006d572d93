import type { Complete } from '../../shared/types.ts';
import type { SecurityModelResolvers } from '../__generated__/types.ts';
import type { SecurityModelRow } from '../models/SecurityModel.ts';

export const SecurityModel: Complete<SecurityModelResolvers, SecurityModelRow> = {
  __resolveReference: ({ id }, { loaders }) => loaders.model.load(id),
  id: ({ _id }) => _id,
  unit: ({ unitId }) => (unitId ? { id: unitId } : null),
  sites: ({ siteIds }) => siteIds.map((id) => ({ id })),
  operator: ({ operatorId }) => (operatorId ? { id: operatorId } : null),
  group: ({ groupId }) => (groupId ? { id: groupId } : null),
  campaign: ({ campaignId }, _arguments, { loaders }) =>
    campaignId ? loaders.campaign.load(campaignId) : null,
};
