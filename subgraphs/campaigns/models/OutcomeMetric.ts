import { Schema, type InferRawDocType } from 'mongoose';
import { localizedTextSchema } from '../../shared/values.ts';
import { database } from '../database.ts';

const definition = {
  /** The code. */
  _id: { type: String, required: true },
  name: { type: localizedTextSchema, required: true },
  unit: { type: localizedTextSchema, required: true },
  isAdditive: { type: Boolean, required: true },
  /** Counts people: never kept for a small place or as a small figure, see assertAggregate(). */
  isSensitive: { type: Boolean, required: true },
} as const;

export type OutcomeMetricRow = InferRawDocType<typeof definition>;
export const OutcomeMetricModel = database.model<OutcomeMetricRow>(
  'OutcomeMetric',
  new Schema(definition),
  'metrics',
);
