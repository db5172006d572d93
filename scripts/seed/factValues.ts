import type { Head } from '../../subgraphs/shared/writing/RecordKind.ts';
import type { Fact, FactCount, FactInference, FactPeriod, FactProvenance } from './factsSchema.ts';

const upperCase = <Text extends string>(text: Text) => text.toUpperCase() as Uppercase<Text>;

/** A Vietnamese text with its English gloss, where there is one. */
export const toText = (vi: string, en?: string) => (en === undefined ? { vi } : { vi, en });

/** The same for a text that may be missing. */
export const toOptionalText = (vi: string | undefined, en?: string) =>
  vi === undefined ? undefined : toText(vi, en);

/** Provenance as it is stored. */
export const toProvenance = (provenance: readonly FactProvenance[]) =>
  provenance.map(({ source, quoteLocator: { paragraphs, section }, asPrinted }) => ({
    sourceId: source,
    paragraphs,
    section: upperCase(section),
    ...(asPrinted === undefined ? {} : { asPrinted }),
  }));

/** Inferences as they are stored. */
export const toInferences = (inferences: readonly FactInference[] = []) =>
  inferences.map(({ field, reason, confidence }) => ({
    field,
    reason,
    confidence: upperCase(confidence),
  }));

/** What a record says of where it comes from. */
export const toAsserted = (
  record: {
    provenance: readonly FactProvenance[];
    inferences?: readonly FactInference[] | undefined;
  },
  fields?: readonly string[],
) => ({
  version: 1,
  provenance: toProvenance(record.provenance),
  inferences: toInferences(
    record.inferences?.filter(({ field }) => !fields || fields.includes(field)),
  ),
  sourceIds: [...new Set(record.provenance.map(({ source }) => source))],
});

/** What every row of a fact begins with. */
export const toHead = (record: { id: string } & Pick<Fact<'places'>, 'provenance'>): Head => {
  const { version, provenance, sourceIds } = toAsserted(record);
  return { _id: record.id, version, provenance, sourceIds };
};

/** Remarks of the editor. */
export const toNotes = ({ notes = [] }: Pick<Fact<'places'>, 'notes'>) => ({ notes });

/** A figure with its qualifier. */
export const toMeasure = ({ value, qualifier, asPrinted }: FactCount) => ({
  value,
  qualifier,
  asPrinted,
});

/** A period; its missing parts stay missing. */
export const toPeriod = ({ label, from, to, inferred = false }: FactPeriod) => ({
  label,
  from: from ?? null,
  to: to ?? null,
  inferred,
});

/** Abbreviations and other names, as printed. */
export const toOtherNames = ({
  abbreviations = [],
  aliasesVi = [],
}: {
  abbreviations?: string[] | undefined;
  aliasesVi?: string[] | undefined;
}) => [...abbreviations, ...aliasesVi];

/** The copy of an article that every subgraph keeps. */
export const toSource = (source: Fact<'sources'>) => ({
  _id: source.id,
  title: source.titleVi,
  publisher: source.publisherVi,
  url: source.url,
  publishedAt: source.publishedAt,
  publishedPrecision: source.publishedPrecision,
});
