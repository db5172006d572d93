import { Schema, type InferRawDocType } from 'mongoose';
import { assertedFields } from '../../shared/values.ts';
import { OrganizationKind, ParticipationRole } from '../__generated__/types.ts';
import { database } from '../database.ts';

const definition = {
  _id: { type: String, required: true },
  ...assertedFields,
  role: { type: String, required: true, enum: Object.values(ParticipationRole) },
  organizationId: String,
  /** A copy from the organizations subgraph, to filter and group by. */
  organizationKind: { type: String, enum: Object.values(OrganizationKind) },
  officialId: String,
  campaignId: String,
  activityId: String,
  /** The year of the activity, or the years of the campaign's period. */
  years: { type: [Number], required: true },
} as const;

const schema = new Schema(definition);
schema.index({ activityId: 1, _id: 1 });
schema.index({ campaignId: 1, _id: 1 });
schema.index({ organizationId: 1, _id: 1 });
schema.index({ officialId: 1, _id: 1 });
schema.index({ years: 1, _id: 1 });
schema.index({ organizationKind: 1, _id: 1 });
schema.index({ role: 1, _id: 1 });

export type ParticipationRow = InferRawDocType<typeof definition>;
export const ParticipationModel = database.model<ParticipationRow>(
  'Participation',
  schema,
  'participations',
);
