import { valueAt } from './leaves.ts';
import type { Claim, Claims } from './claims.ts';

/** What a record of any kind says, and the selections that ask for it. */

export const NAME = 'name { vi en }';
export const MEASURE = '{ value qualifier asPrinted }';
export const PROVENANCE = 'provenance { source { id } paragraphs section asPrinted }';
export const INFERENCES = 'inferences { field reason confidence }';
export const NOTES = 'notes { vi en }';

/** A value that the graph gives wherever the record has the leaf. */
export const always = (at: string, value: unknown): Claim => ({ at, as: () => value });

export const upperCase = (at: string): Claim => ({ at, as: (leaf) => String(leaf).toUpperCase() });

/** Whether an element of a list has the value at the path. */
export const hasElement = (list: unknown, path: string, value: unknown) =>
  Array.isArray(list) && list.some((element) => valueAt(element, path) === value);

/** Claims of a measure that stands under the same name in record and graph. */
export const measureClaims = (name: string): Claims => ({
  [`${name}.value`]: `${name}.value`,
  [`${name}.qualifier`]: `${name}.qualifier`,
  [`${name}.asPrinted`]: `${name}.asPrinted`,
});

/** Claims of a provenance list; `from` and `to` are the prefixes in record and graph. */
export const provenanceClaims = (from = '', to = from): Claims => ({
  [`${from}provenance[].source`]: `${to}provenance[].source.id`,
  [`${from}provenance[].quoteLocator.paragraphs[]`]: `${to}provenance[].paragraphs[]`,
  [`${from}provenance[].quoteLocator.section`]: upperCase(`${to}provenance[].section`),
  [`${from}provenance[].asPrinted`]: `${to}provenance[].asPrinted`,
});

export const inferenceClaims: Claims = {
  'inferences[].field': 'inferences[].field',
  'inferences[].reason': 'inferences[].reason',
  'inferences[].confidence': upperCase('inferences[].confidence'),
};

export const noteClaims: Claims = {
  'notes[].vi': 'notes[].vi',
  'notes[].en': 'notes[].en',
};

export const nameClaims: Claims = {
  nameVi: 'name.vi',
  nameEn: 'name.en',
};

export const otherNameClaims: Claims = {
  'abbreviations[]': 'otherNames[]',
  'aliasesVi[]': 'otherNames[abbreviations+]',
};

/** What every record has that is told from where: its id, its type, its provenance and inferences. */
export const recordClaims = (typename: string): Claims => ({
  id: 'id',
  kind: always('__typename', typename),
  ...provenanceClaims(),
  ...inferenceClaims,
});
