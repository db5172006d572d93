import { Schema, type InferRawDocType } from 'mongoose';
import {
  localizedTextSchema,
  notesField,
  provenanceSchema,
  withoutId,
} from '../../shared/values.ts';
import { database } from '../database.ts';

const term = {
  title: { type: localizedTextSchema, required: true },
  organizationId: String,
  seenOn: String,
  validFrom: String,
  validTo: String,
  provenance: { type: [provenanceSchema], required: true },
} as const;

const definition = {
  _id: { type: String, required: true },
  name: { type: String, required: true },
  nameSort: { type: String, required: true },
  searchPrefixes: { type: [String], required: true },
  searchText: { type: String, required: true },
  rank: localizedTextSchema,
  terms: { type: [new Schema(term, withoutId)], required: true },
  /** The organizations of `terms`, once each. */
  organizationIds: { type: [String], required: true },
  provenance: { type: [provenanceSchema], required: true },
  ...notesField,
} as const;

const schema = new Schema(definition);
schema.index({ organizationIds: 1, nameSort: 1, _id: 1 });
schema.index({ searchPrefixes: 1 });
schema.index({ nameSort: 1, _id: 1 });

export type PublicOfficialRow = InferRawDocType<typeof definition>;
export type OfficialTerm = PublicOfficialRow['terms'][number];
export const PublicOfficialModel = database.model<PublicOfficialRow>(
  'PublicOfficial',
  schema,
  'officials',
);
