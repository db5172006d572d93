import type {
  OutcomeAggregateResolvers,
  ParticipationAggregateResolvers,
} from '../__generated__/types.ts';

export const OutcomeAggregate: OutcomeAggregateResolvers = {
  metric: ({ metricCode }, _arguments, { loaders }) =>
    metricCode ? loaders.metric.load(metricCode) : null,
  campaign: ({ campaignId }, _arguments, { loaders }) =>
    campaignId ? loaders.campaign.load(campaignId) : null,
  activity: ({ activityId }, _arguments, { loaders }) =>
    activityId ? loaders.activity.load(activityId) : null,
  source: ({ sourceId }, _arguments, { loaders }) =>
    sourceId ? loaders.source.load(sourceId) : null,
};

export const ParticipationAggregate: ParticipationAggregateResolvers = {
  campaign: ({ campaignId }, _arguments, { loaders }) =>
    campaignId ? loaders.campaign.load(campaignId) : null,
  activity: ({ activityId }, _arguments, { loaders }) =>
    activityId ? loaders.activity.load(activityId) : null,
};
