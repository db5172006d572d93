import { Schema, type InferRawDocType } from 'mongoose';
import { assertedFields, measureSchema, namedFields, notesField } from '../../shared/values.ts';
import {
  AdministrativeLevel,
  OrganizationInstance,
  OrganizationKind,
} from '../__generated__/types.ts';
import { database } from '../database.ts';

const definition = {
  _id: { type: String, required: true },
  ...namedFields,
  ...assertedFields,
  ...notesField,
  otherNames: { type: [String], required: true },
  kind: { type: String, required: true, enum: Object.values(OrganizationKind) },
  subKind: String,
  level: { type: String, required: true, enum: Object.values(AdministrativeLevel) },
  instance: { type: String, required: true, enum: Object.values(OrganizationInstance) },
  unitId: String,
  /** The unit and its ancestors: a copy, for lists and counts by place. */
  unitLineage: { type: [String], required: true },
  provinceId: String,
  parentId: String,
  memberOfIds: { type: [String], required: true },
  groupCount: measureSchema,
  validFrom: String,
  validTo: String,
  /** Places of `kind` and `level` in their enums, to sort by. */
  kindRank: { type: Number, required: true },
  levelRank: { type: Number, required: true },
} as const;

const schema = new Schema(definition);
schema.index({ parentId: 1, nameSort: 1, _id: 1 });
schema.index({ memberOfIds: 1, nameSort: 1, _id: 1 });
schema.index({ unitLineage: 1, nameSort: 1, _id: 1 });
schema.index({ unitId: 1, nameSort: 1, _id: 1 });
schema.index({ sourceIds: 1 });
schema.index({ searchPrefixes: 1 });
schema.index({ subKind: 1, nameSort: 1, _id: 1 });
schema.index({ kind: 1, nameSort: 1, _id: 1 });
schema.index({ level: 1, nameSort: 1, _id: 1 });
schema.index({ instance: 1, nameSort: 1, _id: 1 });
schema.index({ nameSort: 1, _id: 1 });
schema.index({ kindRank: 1, _id: 1 });
schema.index({ levelRank: 1, _id: 1 });

export type OrganizationRow = InferRawDocType<typeof definition>;
export const OrganizationModel = database.model<OrganizationRow>(
  'Organization',
  schema,
  'organizations',
);
