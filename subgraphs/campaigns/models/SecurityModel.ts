import { Schema, type InferRawDocType } from 'mongoose';
import { assertedFields, measureSchema, namedFields, notesField } from '../../shared/values.ts';
import { ModelKind } from '../__generated__/types.ts';
import { database } from '../database.ts';

const definition = {
  _id: { type: String, required: true },
  ...namedFields,
  ...assertedFields,
  ...notesField,
  kind: { type: String, required: true, enum: Object.values(ModelKind) },
  unitId: String,
  /** The unit and its ancestors: a copy, for lists by place. */
  unitLineage: { type: [String], required: true },
  siteIds: { type: [String], required: true },
  count: measureSchema,
  isExemplary: { type: Boolean, required: true },
  settings: { type: [String], required: true },
  operatorId: String,
  groupId: String,
  campaignId: String,
} as const;

const schema = new Schema(definition);
schema.index({ operatorId: 1, nameSort: 1, _id: 1 });
schema.index({ campaignId: 1, nameSort: 1, _id: 1 });
schema.index({ unitLineage: 1, nameSort: 1, _id: 1 });
schema.index({ unitId: 1, nameSort: 1, _id: 1 });
schema.index({ searchPrefixes: 1 });
schema.index({ kind: 1, nameSort: 1, _id: 1 });
schema.index({ nameSort: 1, _id: 1 });

export type SecurityModelRow = InferRawDocType<typeof definition>;
export const SecurityModelModel = database.model<SecurityModelRow>(
  'SecurityModel',
  schema,
  'models',
);
