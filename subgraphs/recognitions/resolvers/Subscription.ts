import { changesOf } from '../../shared/live/changesOf.ts';
import type { RecognitionChangeResolvers, SubscriptionResolvers } from '../__generated__/types.ts';
import { recognitionConditions } from '../conditions.ts';
import { feeds } from '../feeds.ts';
import { RecognitionModel } from '../models/Recognition.ts';

export const Subscription: SubscriptionResolvers = {
  recognitionChanged: changesOf(feeds.recognition, RecognitionModel, recognitionConditions),
};

export const RecognitionChange: RecognitionChangeResolvers = {
  recognitionId: ({ recordId }) => recordId,
  recognition: ({ recordId }, _args, { loaders }, info) => loaders.recognition.load(recordId, info),
};
