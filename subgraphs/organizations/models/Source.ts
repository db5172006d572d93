import { Schema, type InferRawDocType } from 'mongoose';
import { inferenceSchema, localizedTextSchema, sourceFields } from '../../shared/values.ts';
import { database } from '../database.ts';

const definition = {
  ...sourceFields,
  /** First day of publication. */
  publishedSort: { type: String, required: true },
  publishedTime: String,
  language: { type: String, required: true, enum: ['VI', 'EN'] as const },
  byline: { type: [String], required: true },
  inferences: { type: [inferenceSchema], required: true },
  remarks: { type: [localizedTextSchema], required: true },
  unitId: String,
  // By title and publisher; never by byline, which may name a private person.
  searchPrefixes: { type: [String], required: true },
  searchText: { type: String, required: true },
} as const;

const schema = new Schema(definition);
schema.index({ searchPrefixes: 1 });
schema.index({ publishedSort: -1, _id: 1 });

export type SourceRow = InferRawDocType<typeof definition>;
export const SourceModel = database.model<SourceRow>('Source', schema, 'sources');
