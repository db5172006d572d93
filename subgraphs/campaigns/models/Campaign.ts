import { Schema, type InferRawDocType } from 'mongoose';
import {
  assertedFields,
  localizedTextSchema,
  namedFields,
  notesField,
  periodSchema,
} from '../../shared/values.ts';
import { CampaignKind, OrganizationKind, Recurrence } from '../__generated__/types.ts';
import { database } from '../database.ts';

const definition = {
  _id: { type: String, required: true },
  ...namedFields,
  ...assertedFields,
  ...notesField,
  otherNames: { type: [String], required: true },
  kind: { type: String, required: true, enum: Object.values(CampaignKind) },
  parentId: String,
  linkedCampaignIds: { type: [String], required: true },
  predecessorId: String,
  successorId: String,
  unitId: String,
  /** The unit and its ancestors: a copy, for lists by place. */
  unitLineage: { type: [String], required: true },
  period: periodSchema,
  /** Last day of the period, or its first where no end is known; empty without a period. */
  periodSort: { type: String, default: '', required: false },
  /** The years that the known part of the period touches. */
  years: { type: [Number], required: true },
  recurrence: { type: String, enum: Object.values(Recurrence) },
  reviewedYears: Number,
  motto: localizedTextSchema,
  documentId: String,
  guidingDocumentIds: { type: [String], required: true },
  /** `documentId` and `guidingDocumentIds`. */
  documentIds: { type: [String], required: true },
  /** Number keys of those documents: see numberKey(). */
  documentNumberKeys: { type: [String], required: true },
  /** Organizations that take part, their kinds, and `organization|role` for each participation. */
  participantIds: { type: [String], required: true },
  participantKinds: { type: [String], required: true, enum: Object.values(OrganizationKind) },
  participantRoles: { type: [String], required: true },
} as const;

const schema = new Schema(definition);
schema.index({ participantIds: 1, nameSort: 1, _id: 1 });
schema.index({ participantRoles: 1, nameSort: 1, _id: 1 });
schema.index({ parentId: 1, nameSort: 1, _id: 1 });
schema.index({ documentIds: 1, nameSort: 1, _id: 1 });
schema.index({ documentNumberKeys: 1 });
schema.index({ unitLineage: 1, nameSort: 1, _id: 1 });
schema.index({ unitId: 1, nameSort: 1, _id: 1 });
schema.index({ sourceIds: 1 });
schema.index({ searchPrefixes: 1 });
schema.index({ years: 1, nameSort: 1, _id: 1 });
schema.index({ participantKinds: 1, nameSort: 1, _id: 1 });
schema.index({ kind: 1, nameSort: 1, _id: 1 });
schema.index({ nameSort: 1, _id: 1 });
schema.index({ periodSort: -1, _id: 1 });
// What refers to a record is looked for when that is written.
schema.index({ linkedCampaignIds: 1 });
schema.index({ predecessorId: 1 });
schema.index({ successorId: 1 });

export type CampaignRow = InferRawDocType<typeof definition>;
export const CampaignModel = database.model<CampaignRow>('Campaign', schema, 'campaigns');
