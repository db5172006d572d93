import { changesOf } from '../../shared/live/changesOf.ts';
import type {
  ActivityChangeResolvers,
  OutcomeChangeResolvers,
  SubscriptionResolvers,
} from '../__generated__/types.ts';
import { activityConditions, outcomeConditions } from '../conditions.ts';
import { feeds } from '../feeds.ts';
import { ActivityModel } from '../models/Activity.ts';
import { OutcomeModel } from '../models/Outcome.ts';

export const Subscription: SubscriptionResolvers = {
  activityChanged: changesOf(feeds.activity, ActivityModel, activityConditions),
  outcomeChanged: changesOf(feeds.outcome, OutcomeModel, outcomeConditions),
};

export const ActivityChange: ActivityChangeResolvers = {
  activityId: ({ recordId }) => recordId,
  activity: ({ recordId }, _args, { loaders }, info) => loaders.activity.load(recordId, info),
};

export const OutcomeChange: OutcomeChangeResolvers = {
  outcomeId: ({ recordId }) => recordId,
  outcome: ({ recordId }, _args, { loaders }, info) => loaders.outcome.load(recordId, info),
};
