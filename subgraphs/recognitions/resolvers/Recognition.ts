import { loadPresent } from '../../shared/rowLoaders.ts';
import type { Complete } from '../../shared/types.ts';
import type {
  AwardIssuerResolvers,
  AwardRecipientResolvers,
  RecognitionResolvers,
} from '../__generated__/types.ts';
import type { RecognitionRow } from '../models/Recognition.ts';

const reference = (id: string | null | undefined) => (id ? { id } : null);

export const Recognition: Complete<RecognitionResolvers, RecognitionRow> = {
  __resolveReference: ({ id }, { loaders }) => loaders.recognition.load(id),
  id: ({ _id }) => _id,
  campaign: ({ campaignId }) => reference(campaignId),
  activity: ({ activityId }) => reference(activityId),
  unit: ({ unitId }) => reference(unitId),
  presentedBy: ({ presentedByIds }) => presentedByIds.map((id) => ({ id })),
  breakdownOf: ({ breakdownOfId }, _arguments, { loaders }) =>
    breakdownOfId ? loaders.recognition.load(breakdownOfId) : null,
  breakdown: ({ _id }, _arguments, { loaders }) => loaders.breakdownOf.load(_id),
  conflictsWith: ({ conflictsWithIds }, _arguments, { loaders }) =>
    loadPresent(loaders.recognition, conflictsWithIds),
};

export const AwardIssuer: AwardIssuerResolvers = {
  organization: ({ organizationId }) => reference(organizationId),
};

export const AwardRecipient: AwardRecipientResolvers = {
  organization: ({ organizationId }) => reference(organizationId),
  official: ({ officialId }) => reference(officialId),
  unit: ({ unitId }) => reference(unitId),
};
