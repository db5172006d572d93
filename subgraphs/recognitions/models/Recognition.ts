import { Schema, type InferRawDocType } from 'mongoose';
import {
  assertedFields,
  localizedTextSchema,
  namedFields,
  notesField,
  withoutId,
} from '../../shared/values.ts';
import {
  AdministrativeLevel,
  AwardForm,
  CountStatus,
  IssuerOffice,
  OrganizationKind,
} from '../__generated__/types.ts';
import { database } from '../database.ts';

const issuer = {
  organizationId: String,
  office: { type: String, enum: Object.values(IssuerOffice) },
  level: { type: String, required: true, enum: Object.values(AdministrativeLevel) },
  asPrinted: String,
} as const;

const counts = {
  status: { type: String, required: true, enum: Object.values(CountStatus) },
  collectives: Number,
  individuals: Number,
} as const;

const recipient = {
  organizationId: String,
  officialId: String,
  unitId: String,
  scope: localizedTextSchema,
} as const;

const definition = {
  _id: { type: String, required: true },
  ...namedFields,
  ...assertedFields,
  ...notesField,
  forms: { type: [String], required: true, enum: Object.values(AwardForm) },
  issuers: { type: [new Schema(issuer, withoutId)], required: true },
  counts: { type: new Schema(counts, withoutId), required: true },
  recipients: { type: [new Schema(recipient, withoutId)], required: true },
  campaignId: String,
  activityId: String,
  unitId: String,
  conferredOn: String,
  awardYear: Number,
  reason: localizedTextSchema,
  presentedByIds: { type: [String], required: true },
  breakdownOfId: String,
  conflictsWithIds: { type: [String], required: true },
  isDisputed: { type: Boolean, required: true },

  // Copies and derived fields, to find, sort and group by.
  issuerIds: { type: [String], required: true },
  issuerKinds: { type: [String], required: true, enum: Object.values(OrganizationKind) },
  issuerLevels: { type: [String], required: true, enum: Object.values(AdministrativeLevel) },
  recipientIds: { type: [String], required: true },
  recipientKinds: { type: [String], required: true, enum: Object.values(OrganizationKind) },
  /** The recipients and the members (memberOf) of those that are groups. */
  recipientOrMemberIds: { type: [String], required: true },
  /** The campaign and, where it is an edition, the movement that it belongs to. */
  campaignOrMovementIds: { type: [String], required: true },
  /** `breakdownOfId`, what that is part of, and so on. */
  wholeIds: { type: [String], required: true },
  /** The unit and its ancestors. */
  unitLineage: { type: [String], required: true },
  /** First and last day of `conferredOn`, to compare with a period. */
  firstDay: String,
  lastDay: String,
  /** First day of `conferredOn`; what has none sorts last in each direction. */
  latestFirst: { type: String, default: '', required: false },
  earliestFirst: { type: String, required: true },
  /** `awardYear`, 0 where there is none. */
  awardYearSort: { type: Number, required: true },
  /** Neither part nor whole nor rival of another statement: it can be counted without looking at others. */
  isPlain: { type: Boolean, required: true },
} as const;

const schema = new Schema(definition);
schema.index({ activityId: 1, latestFirst: -1, _id: 1 });
schema.index({ breakdownOfId: 1, _id: 1 });
schema.index({ presentedByIds: 1, latestFirst: -1, _id: 1 });
schema.index({ recipientIds: 1, latestFirst: -1, _id: 1 });
schema.index({ recipientOrMemberIds: 1, latestFirst: -1, _id: 1 });
schema.index({ issuerIds: 1, latestFirst: -1, _id: 1 });
schema.index({ campaignId: 1, latestFirst: -1, _id: 1 });
schema.index({ campaignOrMovementIds: 1, latestFirst: -1, _id: 1 });
schema.index({ unitLineage: 1, latestFirst: -1, _id: 1 });
schema.index({ unitId: 1, latestFirst: -1, _id: 1 });
schema.index({ sourceIds: 1, latestFirst: -1, _id: 1 });
schema.index({ searchPrefixes: 1 });
schema.index({ isDisputed: 1, latestFirst: -1, _id: 1 });
schema.index({ awardYear: 1, latestFirst: -1, _id: 1 });
schema.index({ forms: 1, latestFirst: -1, _id: 1 });
schema.index({ recipientKinds: 1, latestFirst: -1, _id: 1 });
schema.index({ issuerKinds: 1, latestFirst: -1, _id: 1 });
schema.index({ issuerLevels: 1, latestFirst: -1, _id: 1 });
schema.index({ latestFirst: -1, _id: 1 });
schema.index({ earliestFirst: 1, _id: 1 });
schema.index({ awardYearSort: -1, _id: 1 });
schema.index({ nameSort: 1, _id: 1 });
// What refers to a record is looked for when that is written.
schema.index({ wholeIds: 1 });

export type RecognitionRow = InferRawDocType<typeof definition>;
export type AwardIssuerRow = RecognitionRow['issuers'][number];
export type AwardRecipientRow = RecognitionRow['recipients'][number];
export const RecognitionModel = database.model<RecognitionRow>(
  'Recognition',
  schema,
  'recognitions',
);
