import { reading } from '../../shared/reading.ts';
import { historyField } from '../../shared/writing/history.ts';
import type { Complete } from '../../shared/types.ts';
import type { ParticipationResolvers } from '../__generated__/types.ts';
import type { ParticipationRow } from '../models/Participation.ts';

export const Participation: Complete<ParticipationResolvers, ParticipationRow> = {
  id: reading(['_id'], ({ _id }) => _id),
  history: historyField<ParticipationRow>(),
  organization: reading(['organizationId'], ({ organizationId }) =>
    organizationId ? { id: organizationId } : null,
  ),
  official: reading(['officialId'], ({ officialId }) => (officialId ? { id: officialId } : null)),
  campaign: reading(['campaignId'], ({ campaignId }, _arguments, { loaders }, info) =>
    campaignId ? loaders.campaign.load(campaignId, info) : null,
  ),
  activity: reading(['activityId'], ({ activityId }, _arguments, { loaders }, info) =>
    activityId ? loaders.activity.load(activityId, info) : null,
  ),
};
