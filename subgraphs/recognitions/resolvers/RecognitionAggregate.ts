import type { RecognitionAggregateResolvers } from '../__generated__/types.ts';

const reference = (id: string | null | undefined) => (id ? { id } : null);

export const RecognitionAggregate: RecognitionAggregateResolvers = {
  form: ({ key }) => key.form ?? null,
  issuerLevel: ({ key }) => key.issuerLevel ?? null,
  issuer: ({ key }) => reference(key.issuerId),
  awardYear: ({ key }) => key.awardYear ?? null,
  conferredYear: ({ key }) => key.conferredYear ?? null,
  unit: ({ key }) => reference(key.unitId),
  campaign: ({ key }) => reference(key.campaignId),
  activity: ({ key }) => reference(key.activityId),
};
