import type { z } from 'zod';
import type { AnyModel } from '../AnyModel.ts';
import type { WrittenType } from './rules.ts';
import type { Writing } from './Writing.ts';

/** A place in a source, as rows store it. */
export interface StoredCitation {
  sourceId: string;
  paragraphs: number[];
  section: 'BODY' | 'CAPTION' | 'BYLINE' | 'HEADLINE' | 'DATELINE';
  asPrinted?: string | null | undefined;
}

/** What every row that is written has. */
export interface StoredRow {
  _id: string;
  version: number;
  provenance: StoredCitation[];
  sourceIds: string[];
}

/** The part of a row that is the same for all kinds: made by the engine. */
export type Head = StoredRow;

/** A row before and after a write; null before it was created and after it was withdrawn. */
export interface RowChange<TRow> {
  before: TRow | null;
  after: TRow | null;
}

/** What an owner may depend on beside what is stated. */
export interface About<TStated> {
  /** The record; null when it is to be created. */
  id: string | null;
  before: TStated | null;
  /** The fields that are to be changed. */
  changed: Partial<TStated>;
  /** Who writes. */
  agency: string | null;
}

/** What the engine needs to know of one kind of record. */
export interface RecordKind<
  TTargets extends object,
  TRow extends StoredRow = StoredRow,
  TStated extends object = object,
> {
  type: WrittenType;
  /** Whether the scope of any subgraph serves. */
  anyScope?: boolean;
  model: AnyModel;
  /** What ids begin with; `prefixOf` says which one an id that is made begins with. */
  idPrefixes: readonly [string, ...string[]];
  prefixOf?(stated: TStated): string;
  /** What an id is made of, where that is not the name. */
  nameOf?(stated: TStated): string;
  /** Makes an id where the record has no name to make it of. */
  makeId?(stated: TStated, writing: Writing<TTargets>): Promise<string>;
  /** The fields of the input that creates a record, with all that the row states. */
  createShape: z.ZodObject;
  /** The fields that can be changed. */
  changeShape: z.ZodObject;
  /** Fields that name other records, by path, with what they name. */
  references: Readonly<Record<string, keyof TTargets & string>>;
  /** Figures as a source prints them: once there, they are corrected, never just changed. */
  printed: readonly string[];
  /** For each word of the rule in `rules.ts` the organizations that it leads to. */
  owners: Readonly<
    Record<
      string,
      (
        stated: Partial<TStated>,
        about: About<TStated>,
        writing: Writing<TTargets>,
      ) => readonly string[] | Promise<readonly string[]>
    >
  >;
  /** What a stored row states: the input that it could have been made of. */
  statedOf(row: TRow): TStated;
  /** The row with all that follows from what is stated; adds to `writing.problems` what can't be. */
  toRow(stated: TStated, head: Head, writing: Writing<TTargets>): Promise<TRow>;
  /** Brings rows of other records in line; gives their ids. Runs after the row was written. */
  settle?(change: RowChange<TRow>, writing: Writing<TTargets>): Promise<readonly string[]>;
  /** Records that still refer to this one: it can't be withdrawn before them. */
  usedBy?(id: string, writing: Writing<TTargets>): Promise<readonly string[]>;
}
