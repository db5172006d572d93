import type { Complete } from '../../shared/types.ts';
import type { ParticipationResolvers } from '../__generated__/types.ts';
import type { ParticipationRow } from '../models/Participation.ts';

export const Participation: Complete<ParticipationResolvers, ParticipationRow> = {
  id: ({ _id }) => _id,
  organization: ({ organizationId }) => (organizationId ? { id: organizationId } : null),
  official: ({ officialId }) => (officialId ? { id: officialId } : null),
  campaign: ({ campaignId }, _arguments, { loaders }) =>
    campaignId ? loaders.campaign.load(campaignId) : null,
  activity: ({ activityId }, _arguments, { loaders }) =>
    activityId ? loaders.activity.load(activityId) : null,
};
