import { readFileSync } from 'node:fs';

export const factFiles = [
  'sources',
  'places',
  'organizations',
  'people',
  'documents',
  'campaigns',
  'events',
  'activities',
  'models',
  'outcomes',
  'recognitions',
  'discrepancies',
] as const;

export type FactFile = (typeof factFiles)[number];
export type FactRecord = { id: string } & Record<string, unknown>;

/** What the register of administrative units says of one place of the facts. */
export interface RegisterEntry {
  place: string;
  nameVi: string;
  gso63?: string;
  gso705?: string;
  gso10599?: string | null;
  iso3166_2?: string;
  /** A text says that the level was abolished, null that the register has nothing. */
  successors2025: string[] | string | null;
}

// The seed checks these files against their schemas, so their shape is taken as given here.
function readRecords<TRecord>(path: string): TRecord[] {
  const url = new URL(`../../../scripts/seed/${path}`, import.meta.url);
  const { records } = JSON.parse(readFileSync(url, 'utf8')) as { records: TRecord[] };
  return records;
}

/** The records of one file of the data set, in printed order. */
export const factsOf = (file: FactFile) => readRecords<FactRecord>(`facts/${file}.json`);

export const readRegister = () => readRecords<RegisterEntry>('place-enrichment.json');
