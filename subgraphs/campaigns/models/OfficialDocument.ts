import { Schema, type InferRawDocType } from 'mongoose';
import { assertedFields, namedFields, notesField, withoutId } from '../../shared/values.ts';
import { DocumentRelationType, DocumentType } from '../__generated__/types.ts';
import { database } from '../database.ts';

const relation = {
  type: { type: String, required: true, enum: Object.values(DocumentRelationType) },
  documentId: { type: String, required: true },
} as const;

const definition = {
  _id: { type: String, required: true },
  ...namedFields,
  ...assertedFields,
  ...notesField,
  type: { type: String, required: true, enum: Object.values(DocumentType) },
  isSingle: { type: Boolean, required: true },
  number: String,
  numberVariants: { type: [String], required: true },
  /** Number and variants as they are compared: see numberKey(). */
  numberKeys: { type: [String], required: true },
  issuerIds: { type: [String], required: true },
  issuerTerm: String,
  issuedOn: String,
  /** First and last day of `issuedOn`, to compare with a period. */
  firstDay: String,
  lastDay: String,
  relations: { type: [new Schema(relation, withoutId)], required: true },
} as const;

const schema = new Schema(definition);
schema.index({ numberKeys: 1 });
schema.index({ issuerIds: 1, nameSort: 1, _id: 1 });
schema.index({ sourceIds: 1 });
schema.index({ searchPrefixes: 1 });
schema.index({ type: 1, nameSort: 1, _id: 1 });
schema.index({ nameSort: 1, _id: 1 });

export type OfficialDocumentRow = InferRawDocType<typeof definition>;
export type DocumentRelationRow = OfficialDocumentRow['relations'][number];
export const OfficialDocumentModel = database.model<OfficialDocumentRow>(
  'OfficialDocument',
  schema,
  'documents',
);
