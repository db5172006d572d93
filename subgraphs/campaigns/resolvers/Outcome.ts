import { present } from '../../shared/present.ts';
import { loadPresent } from '../../shared/rowLoaders.ts';
import type { Complete } from '../../shared/types.ts';
import type { OutcomeMetricResolvers, OutcomeResolvers } from '../__generated__/types.ts';
import type { OutcomeRow } from '../models/Outcome.ts';
import type { OutcomeMetricRow } from '../models/OutcomeMetric.ts';

export const Outcome: Complete<OutcomeResolvers, OutcomeRow> = {
  __resolveReference: ({ id }, { loaders }) => loaders.outcome.load(id),
  id: ({ _id }) => _id,
  metric: async ({ metricCode }, _arguments, { loaders }) =>
    present(await loaders.metric.load(metricCode), metricCode),
  unit: ({ unitId }) => (unitId ? { id: unitId } : null),
  campaign: ({ campaignId }, _arguments, { loaders }) =>
    campaignId ? loaders.campaign.load(campaignId) : null,
  activity: ({ activityId }, _arguments, { loaders }) =>
    activityId ? loaders.activity.load(activityId) : null,
  model: ({ modelId }, _arguments, { loaders }) => (modelId ? loaders.model.load(modelId) : null),
  contributors: ({ contributorIds }) => contributorIds.map((id) => ({ id })),
  subsetOf: ({ subsetOfId }, _arguments, { loaders }) =>
    subsetOfId ? loaders.outcome.load(subsetOfId) : null,
  conflictsWith: ({ conflictsWithIds }, _arguments, { loaders }) =>
    loadPresent(loaders.outcome, conflictsWithIds),
};

export const OutcomeMetric: Complete<OutcomeMetricResolvers, OutcomeMetricRow> = {
  __resolveReference: ({ code }, { loaders }) => loaders.metric.load(code),
  code: ({ _id }) => _id,
};
