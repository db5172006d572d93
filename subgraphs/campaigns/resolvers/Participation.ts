import type { ParticipationResolvers } from '../__generated__/types.ts';

export const Participation: ParticipationResolvers = {
  id: ({ _id }) => _id,
  organization: ({ organizationId }) => (organizationId ? { id: organizationId } : null),
  official: ({ officialId }) => (officialId ? { id: officialId } : null),
  campaign: ({ campaignId }, _arguments, { loaders }) =>
    campaignId ? loaders.campaign.load(campaignId) : null,
  activity: ({ activityId }, _arguments, { loaders }) =>
    activityId ? loaders.activity.load(activityId) : null,
};
