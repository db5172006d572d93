import { Schema, type InferRawDocType } from 'mongoose';
import { assertedFields, namedFields, notesField, withoutId } from '../../shared/values.ts';
import { PlaceLevel, UnitChangeType, UnitCodeScheme, UnitType } from '../__generated__/types.ts';
import { database } from '../database.ts';

const code = {
  scheme: { type: String, required: true, enum: Object.values(UnitCodeScheme) },
  code: { type: String, required: true },
  validFrom: String,
  validTo: String,
} as const;

const change = {
  type: { type: String, required: true, enum: Object.values(UnitChangeType) },
  on: String,
  legalBasis: String,
  toId: String,
} as const;

const definition = {
  _id: { type: String, required: true },
  ...namedFields,
  ...assertedFields,
  ...notesField,
  otherNames: { type: [String], required: true },
  level: { type: String, required: true, enum: Object.values(PlaceLevel) },
  unitType: { type: String, required: true, enum: Object.values(UnitType) },
  designation: String,
  parentId: String,
  /** From the country down to the parent. */
  ancestorIds: { type: [String], required: true },
  codes: { type: [new Schema(code, withoutId)], required: true },
  validFrom: String,
  validTo: String,
  /** First and last day of validity, to compare with a day; missing where it is open. */
  firstDay: String,
  lastDay: String,
  /**
   * The day from which the register does not say what covers the unit's ground; missing where it
   * says so, or where nothing is asked of it.
   */
  unknownFrom: String,
  changes: { type: [new Schema(change, withoutId)], required: true },
  /** The units that `changes` lead to. */
  successorIds: { type: [String], required: true },
} as const;

const schema = new Schema(definition);
schema.index({ parentId: 1, nameSort: 1, _id: 1 });
schema.index({ searchPrefixes: 1 });
schema.index({ 'codes.code': 1 });
schema.index({ successorIds: 1, nameSort: 1, _id: 1 });
schema.index({ unitType: 1, nameSort: 1, _id: 1 });
schema.index({ level: 1, nameSort: 1, _id: 1 });
schema.index({ nameSort: 1, _id: 1 });

export type AdministrativeUnitRow = InferRawDocType<typeof definition>;
/** A change together with the unit that changed. */
export type UnitChangeRow = AdministrativeUnitRow['changes'][number] & {
  from: AdministrativeUnitRow;
};
export const AdministrativeUnitModel = database.model<AdministrativeUnitRow>(
  'AdministrativeUnit',
  schema,
  'units',
);
