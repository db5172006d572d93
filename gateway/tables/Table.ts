import type { DocumentNode, VariableDefinitionNode } from 'graphql';
import type { Column } from './Column.ts';

/** What is read of each object of a list: some columns, and perhaps a list below, whose items are rows then. */
export interface Level {
  cells: { column: number; path: readonly string[] }[];
  below?: {
    /** From an object of this level to the list. */
    path: readonly string[];
    level: Level;
    /** The connection that it is a page of, where that may not be all. */
    connection?: Connection;
    /** What clients call it. */
    label: string;
  };
}

/** A connection, by ways from an object of the level above. */
export interface Connection {
  /** To what tells whether there are more pages. */
  page: readonly string[];
  /** To the cursors of its items, by which the lists in them are followed; undefined where it has none. */
  cursors: readonly string[] | undefined;
  /** How many connections it lies in, all of which are followed; undefined where it can't be followed itself. */
  depth: number | undefined;
}

/** How an operation is a table. */
export interface Table {
  columns: readonly Column[];
  root: Level;
  /** What is asked: the operation, with what following its pages takes. */
  document: DocumentNode;
  /** How many connections, each within the one before, are followed page by page. */
  followed: number;
  /** The variables that are left to whoever asks. */
  variables: readonly VariableDefinitionNode[];
}

/** The variables by which the pages of a connection are followed. */
export const pageVariables = (depth: number): { first: string; after: string } => ({
  first: `${OWN_PREFIX}first_${depth}`,
  after: `${OWN_PREFIX}after_${depth}`,
});

/** Names with it are kept for following. */
export const OWN_PREFIX = 'table_';
export const PAGE = `${OWN_PREFIX}page`;
export const CURSORS = `${OWN_PREFIX}cursors`;

/** Parameters of a table that are none of its operation. */
export const OWN_PARAMETERS = ['first', 'after', 'provenance'];

/** What a page of a connection may hold in most graphs. */
export const MOST_PER_PAGE = 100;

/** In a path: each item of the list. */
export const EACH = '*';
