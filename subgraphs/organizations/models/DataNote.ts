import { Schema, type InferRawDocType } from 'mongoose';
import { provenanceSchema } from '../../shared/values.ts';
import { DataNoteResolution, DataNoteType } from '../__generated__/types.ts';
import { database } from '../database.ts';

const definition = {
  _id: { type: String, required: true },
  type: { type: String, required: true, enum: Object.values(DataNoteType) },
  resolution: { type: String, required: true, enum: Object.values(DataNoteResolution) },
  description: { type: String, required: true },
  recordIds: { type: [String], required: true },
  provenance: { type: [provenanceSchema], required: true },
  sourceIds: { type: [String], required: true },
} as const;

const schema = new Schema(definition);
schema.index({ recordIds: 1 });
schema.index({ sourceIds: 1 });
schema.index({ type: 1, _id: 1 });

export type DataNoteRow = InferRawDocType<typeof definition>;
export const DataNoteModel = database.model<DataNoteRow>('DataNote', schema, 'notes');
