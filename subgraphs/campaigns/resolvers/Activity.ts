import { reading } from '../../shared/reading.ts';
import { historyField } from '../../shared/writing/history.ts';
import type { Complete } from '../../shared/types.ts';
import type { ActivityResolvers } from '../__generated__/types.ts';
import { activitiesOf, outcomesOf, participationsOf } from '../pages.ts';
import type { ActivityRow } from '../models/Activity.ts';

export const Activity: Complete<ActivityResolvers, ActivityRow> = {
  __resolveReference: ({ id }, { loaders }, info) => loaders.activity.load(id, info),
  id: reading(['_id'], ({ _id }) => _id),
  history: historyField<ActivityRow>(),
  unit: reading(['unitId'], ({ unitId }) => (unitId ? { id: unitId } : null)),
  campaigns: reading(['campaignIds'], ({ campaignIds }, _arguments, { loaders }, info) =>
    loaders.campaign.loadPresent(campaignIds, info),
  ),
  event: reading(['eventId'], ({ eventId }, _arguments, { loaders }, info) =>
    eventId ? loaders.activity.load(eventId, info) : null,
  ),
  parts: reading(['_id'], ({ _id }, given, { loaders }, info) =>
    activitiesOf(loaders, 'eventId', _id, given, info),
  ),
  documents: reading(['documentIds'], ({ documentIds }, _arguments, { loaders }, info) =>
    loaders.document.loadPresent(documentIds, info),
  ),
  participations: reading(['_id'], ({ _id }, given, { loaders }, info) =>
    participationsOf(loaders, 'activityId', _id, given, info),
  ),
  statedBy: reading(['statedById'], ({ statedById }) => (statedById ? { id: statedById } : null)),
  models: reading(['modelIds'], ({ modelIds }, _arguments, { loaders }, info) =>
    loaders.model.loadPresent(modelIds, info),
  ),
  outcomes: reading(['_id'], ({ _id }, given, { loaders }, info) =>
    outcomesOf(loaders, 'activityIds', _id, given, info),
  ),
};
