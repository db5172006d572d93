import { Schema, type InferRawDocType } from 'mongoose';
import {
  assertedFields,
  localizedTextSchema,
  measureSchema,
  notesField,
  periodSchema,
} from '../../shared/values.ts';
import { database } from '../database.ts';

const definition = {
  _id: { type: String, required: true },
  ...assertedFields,
  ...notesField,
  name: { type: localizedTextSchema, required: true },
  metricCode: { type: String, required: true },
  /** Copies from the metric: the Vietnamese unit of measure, and whether values may be added. */
  measuredIn: { type: String, required: true },
  isAdditive: { type: Boolean, required: true },
  measure: { type: measureSchema, required: true },
  /** The value of `measure`, to sort by. */
  value: { type: Number, required: true },
  unitId: String,
  /** The unit and its ancestors: a copy, for lists and sums by place. */
  unitLineage: { type: [String], required: true },
  provinceId: String,
  period: { type: periodSchema, required: true },
  /** First and last day of the known part of the period, and the years that it touches. */
  firstDay: String,
  lastDay: String,
  years: { type: [Number], required: true },
  campaignId: String,
  activityId: String,
  /** The activity, and the event at which the figure was told. */
  activityIds: { type: [String], required: true },
  modelId: String,
  contributorIds: { type: [String], required: true },
  subsetOfId: String,
  /** `subsetOfId`, what that is a subset of, and so on. */
  wholeIds: { type: [String], required: true },
  listIsOpen: { type: Boolean, required: true },
  conflictsWithIds: { type: [String], required: true },
  /** Neither part nor whole nor rival of another figure: it can be summed without looking at others. */
  isPlain: { type: Boolean, required: true },
} as const;

const schema = new Schema(definition);
schema.index({ contributorIds: 1, metricCode: 1, _id: 1 });
schema.index({ activityIds: 1, metricCode: 1, _id: 1 });
schema.index({ campaignId: 1, metricCode: 1, _id: 1 });
schema.index({ unitLineage: 1, metricCode: 1, _id: 1 });
schema.index({ unitId: 1, metricCode: 1, _id: 1 });
schema.index({ sourceIds: 1, metricCode: 1, _id: 1 });
schema.index({ years: 1, metricCode: 1, _id: 1 });
schema.index({ metricCode: 1, _id: 1 });
schema.index({ value: -1, _id: 1 });
// What refers to a record is looked for when that is written.
schema.index({ subsetOfId: 1 });
schema.index({ wholeIds: 1 });
schema.index({ modelId: 1 });

export type OutcomeRow = InferRawDocType<typeof definition>;
export const OutcomeModel = database.model<OutcomeRow>('Outcome', schema, 'outcomes');
