import { Schema, type InferRawDocType } from 'mongoose';
import {
  assertedFields,
  localizedTextSchema,
  measureSchema,
  namedFields,
  notesField,
} from '../../shared/values.ts';
import { ActivityForm, ActivityStatus, ReviewType } from '../__generated__/types.ts';
import { database } from '../database.ts';

const definition = {
  _id: { type: String, required: true },
  ...namedFields,
  ...assertedFields,
  ...notesField,
  form: { type: String, required: true, enum: Object.values(ActivityForm) },
  status: { type: String, required: true, enum: Object.values(ActivityStatus) },
  isEvent: { type: Boolean, required: true },
  isPilotSite: { type: Boolean, required: true },
  date: String,
  /** First and last day of `date`, to compare with a period. */
  firstDay: String,
  lastDay: String,
  /** First day of `date`; what has none sorts last in each direction. */
  latestFirst: { type: String, default: '', required: false },
  earliestFirst: { type: String, required: true },
  review: { type: String, enum: Object.values(ReviewType) },
  unitId: String,
  /** The unit and its ancestors: a copy, for lists by place. */
  unitLineage: { type: [String], required: true },
  campaignIds: { type: [String], required: true },
  eventId: String,
  documentIds: { type: [String], required: true },
  statedById: String,
  /** Organizations that take part in any role. */
  participantIds: { type: [String], required: true },
  /** Officials that take part in any role, and `statedById`. */
  officialIds: { type: [String], required: true },
  bridgePoints: measureSchema,
  attendance: measureSchema,
  quantity: measureSchema,
  quantityUnit: localizedTextSchema,
  modelIds: { type: [String], required: true },
} as const;

const schema = new Schema(definition);
schema.index({ participantIds: 1, latestFirst: -1, _id: 1 });
schema.index({ officialIds: 1, latestFirst: -1, _id: 1 });
schema.index({ eventId: 1, latestFirst: -1, _id: 1 });
schema.index({ documentIds: 1, latestFirst: -1, _id: 1 });
schema.index({ campaignIds: 1, latestFirst: -1, _id: 1 });
schema.index({ unitLineage: 1, latestFirst: -1, _id: 1 });
schema.index({ unitId: 1, latestFirst: -1, _id: 1 });
schema.index({ sourceIds: 1 });
schema.index({ searchPrefixes: 1 });
schema.index({ form: 1, latestFirst: -1, _id: 1 });
schema.index({ status: 1, latestFirst: -1, _id: 1 });
schema.index({ isEvent: 1, latestFirst: -1, _id: 1 });
schema.index({ latestFirst: -1, _id: 1 });
schema.index({ earliestFirst: 1, _id: 1 });
schema.index({ nameSort: 1, _id: 1 });
// What refers to a record is looked for when that is written.
schema.index({ modelIds: 1 });

export type ActivityRow = InferRawDocType<typeof definition>;
export const ActivityModel = database.model<ActivityRow>('Activity', schema, 'activities');
