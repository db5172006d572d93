import type {
  OutcomeAggregateResolvers,
  ParticipationAggregateResolvers,
} from '../__generated__/types.ts';

export const OutcomeAggregate: OutcomeAggregateResolvers = {
  metric: ({ metricCode }, _arguments, { loaders }, info) =>
    metricCode ? loaders.metric.load(metricCode, info) : null,
  campaign: ({ campaignId }, _arguments, { loaders }, info) =>
    campaignId ? loaders.campaign.load(campaignId, info) : null,
  activity: ({ activityId }, _arguments, { loaders }, info) =>
    activityId ? loaders.activity.load(activityId, info) : null,
  source: ({ sourceId }, _arguments, { loaders }, info) =>
    sourceId ? loaders.source.load(sourceId, info) : null,
};

export const ParticipationAggregate: ParticipationAggregateResolvers = {
  campaign: ({ campaignId }, _arguments, { loaders }, info) =>
    campaignId ? loaders.campaign.load(campaignId, info) : null,
  activity: ({ activityId }, _arguments, { loaders }, info) =>
    activityId ? loaders.activity.load(activityId, info) : null,
};
