import { reading } from '../../shared/reading.ts';
import { historyField } from '../../shared/writing/history.ts';
import type { Complete } from '../../shared/types.ts';
import type {
  AwardIssuerResolvers,
  AwardRecipientResolvers,
  RecognitionResolvers,
} from '../__generated__/types.ts';
import type { RecognitionRow } from '../models/Recognition.ts';

const reference = (id: string | null | undefined) => (id ? { id } : null);

export const Recognition: Complete<RecognitionResolvers, RecognitionRow> = {
  __resolveReference: ({ id }, { loaders }, info) => loaders.recognition.load(id, info),
  id: reading(['_id'], ({ _id }) => _id),
  history: historyField<RecognitionRow>(),
  campaign: reading(['campaignId'], ({ campaignId }) => reference(campaignId)),
  activity: reading(['activityId'], ({ activityId }) => reference(activityId)),
  unit: reading(['unitId'], ({ unitId }) => reference(unitId)),
  presentedBy: reading(['presentedByIds'], ({ presentedByIds }) =>
    presentedByIds.map((id) => ({ id })),
  ),
  breakdownOf: reading(['breakdownOfId'], ({ breakdownOfId }, _arguments, { loaders }, info) =>
    breakdownOfId ? loaders.recognition.load(breakdownOfId, info) : null,
  ),
  breakdown: reading(['_id'], ({ _id }, _arguments, { loaders }, info) =>
    loaders.breakdownOf.load(_id, info),
  ),
  conflictsWith: reading(
    ['conflictsWithIds'],
    ({ conflictsWithIds }, _arguments, { loaders }, info) =>
      loaders.recognition.loadPresent(conflictsWithIds, info),
  ),
};

export const AwardIssuer: AwardIssuerResolvers = {
  organization: ({ organizationId }) => reference(organizationId),
};

export const AwardRecipient: AwardRecipientResolvers = {
  organization: ({ organizationId }) => reference(organizationId),
  official: ({ officialId }) => reference(officialId),
  unit: ({ unitId }) => reference(unitId),
};
