import { reading } from '../../shared/reading.ts';
import { historyField } from '../../shared/writing/history.ts';
import type { Complete } from '../../shared/types.ts';
import type { OutcomeMetricResolvers, OutcomeResolvers } from '../__generated__/types.ts';
import type { OutcomeRow } from '../models/Outcome.ts';
import type { OutcomeMetricRow } from '../models/OutcomeMetric.ts';

export const Outcome: Complete<OutcomeResolvers, OutcomeRow> = {
  __resolveReference: ({ id }, { loaders }, info) => loaders.outcome.load(id, info),
  id: reading(['_id'], ({ _id }) => _id),
  history: historyField<OutcomeRow>(),
  metric: reading(['metricCode'], ({ metricCode }, _arguments, { loaders }, info) =>
    loaders.metric.loadExisting(metricCode, info),
  ),
  unit: reading(['unitId'], ({ unitId }) => (unitId ? { id: unitId } : null)),
  campaign: reading(['campaignId'], ({ campaignId }, _arguments, { loaders }, info) =>
    campaignId ? loaders.campaign.load(campaignId, info) : null,
  ),
  activity: reading(['activityId'], ({ activityId }, _arguments, { loaders }, info) =>
    activityId ? loaders.activity.load(activityId, info) : null,
  ),
  model: reading(['modelId'], ({ modelId }, _arguments, { loaders }, info) =>
    modelId ? loaders.model.load(modelId, info) : null,
  ),
  contributors: reading(['contributorIds'], ({ contributorIds }) =>
    contributorIds.map((id) => ({ id })),
  ),
  subsetOf: reading(['subsetOfId'], ({ subsetOfId }, _arguments, { loaders }, info) =>
    subsetOfId ? loaders.outcome.load(subsetOfId, info) : null,
  ),
  conflictsWith: reading(
    ['conflictsWithIds'],
    ({ conflictsWithIds }, _arguments, { loaders }, info) =>
      loaders.outcome.loadPresent(conflictsWithIds, info),
  ),
};

export const OutcomeMetric: Complete<OutcomeMetricResolvers, OutcomeMetricRow> = {
  __resolveReference: ({ code }, { loaders }, info) => loaders.metric.load(code, info),
  code: reading(['_id'], ({ _id }) => _id),
};
