import { loadPresent } from '../../shared/rowLoaders.ts';
import type { Complete } from '../../shared/types.ts';
import type { ActivityResolvers } from '../__generated__/types.ts';
import { activitiesOf, outcomesOf, participationsOf } from '../pages.ts';
import type { ActivityRow } from '../models/Activity.ts';

export const Activity: Complete<ActivityResolvers, ActivityRow> = {
  __resolveReference: ({ id }, { loaders }) => loaders.activity.load(id),
  id: ({ _id }) => _id,
  unit: ({ unitId }) => (unitId ? { id: unitId } : null),
  campaigns: ({ campaignIds }, _arguments, { loaders }) =>
    loadPresent(loaders.campaign, campaignIds),
  event: ({ eventId }, _arguments, { loaders }) =>
    eventId ? loaders.activity.load(eventId) : null,
  parts: ({ _id }, given, { loaders }) => activitiesOf(loaders, 'eventId', _id, given),
  documents: ({ documentIds }, _arguments, { loaders }) =>
    loadPresent(loaders.document, documentIds),
  participations: ({ _id }, given, { loaders }) =>
    participationsOf(loaders, 'activityId', _id, given),
  statedBy: ({ statedById }) => (statedById ? { id: statedById } : null),
  models: ({ modelIds }, _arguments, { loaders }) => loadPresent(loaders.model, modelIds),
  outcomes: ({ _id }, given, { loaders }) => outcomesOf(loaders, 'activityIds', _id, given),
};
