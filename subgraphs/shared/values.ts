import { Schema, type InferRawDocType } from 'mongoose';

const text = { type: String, required: true } as const;

/** Values are documents within documents: they have no ids. */
export const withoutId = { _id: false } as const;

const localizedText = { vi: text, en: String } as const;
export const localizedTextSchema = new Schema(localizedText, withoutId);

const provenance = {
  sourceId: text,
  paragraphs: { type: [Number], required: true },
  section: {
    type: String,
    required: true,
    enum: ['BODY', 'CAPTION', 'BYLINE', 'HEADLINE', 'DATELINE'] as const,
  },
  asPrinted: String,
} as const;
export const provenanceSchema = new Schema(provenance, withoutId);
export type ProvenanceRow = InferRawDocType<typeof provenance>;

const inference = {
  field: text,
  reason: text,
  confidence: { type: String, required: true, enum: ['HIGH', 'MEDIUM', 'LOW'] as const },
} as const;
export const inferenceSchema = new Schema(inference, withoutId);

const measure = {
  value: { type: Number, required: true },
  qualifier: {
    type: String,
    required: true,
    enum: ['EXACT', 'APPROXIMATE', 'NEARLY', 'MORE_THAN', 'UP_TO_ALL'] as const,
  },
  asPrinted: text,
} as const;
export const measureSchema = new Schema(measure, withoutId);

const period = {
  label: String,
  from: String,
  to: String,
  inferred: { type: Boolean, required: true },
} as const;
export const periodSchema = new Schema(period, withoutId);

/** Fields of every record that articles tell of. */
export const assertedFields = {
  /** How often the record was written: 1 as it was loaded or created. */
  version: { type: Number, required: true },
  provenance: { type: [provenanceSchema], required: true },
  inferences: { type: [inferenceSchema], required: true },
  /** The sources of `provenance`, once each. */
  sourceIds: { type: [String], required: true },
} as const;

/** Remarks of the editor, which are no text of an article. */
export const notesField = {
  notes: { type: [localizedTextSchema], required: true },
} as const;

/** Fields of every record that has a Vietnamese name and is found by it. */
export const namedFields = {
  name: { type: localizedTextSchema, required: true },
  /** See vietnameseSortKey(). */
  nameSort: text,
  /** See searchFields(). */
  searchPrefixes: { type: [String], required: true },
  searchText: text,
} as const;

/** The copy of an article that each subgraph keeps, so that it can stand alone. */
export const sourceFields = {
  _id: text,
  title: text,
  publisher: text,
  url: String,
  publishedAt: text,
  publishedPrecision: { type: String, required: true, enum: ['YEAR', 'MONTH', 'DAY'] as const },
} as const;
