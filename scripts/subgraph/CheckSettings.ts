import type { DocumentNode } from 'graphql';
import type { Composition } from '../schema/composition.ts';
import type { AskSettings } from './askSubgraph.ts';
import type { Graph } from './graph.ts';

/** What is checked, and against what. */
export interface CheckSettings {
  name: string;
  /** Where the subgraph runs; undefined when only its SDL is checked. */
  url: string | undefined;
  /** The SDL, and where it was read. */
  sdl: string;
  source: string;
  graph: Graph;
  /** Folders of saved operations that must keep working. */
  operationDirs: readonly string[];
  /** Ids of records that the subgraph knows, by type. */
  ids: ReadonlyMap<string, string>;
  timeoutMs: number;
  /** Answers that take longer get a warning. */
  slowMs: number;
}

/** What the steps on the wire need. */
export interface WireSettings extends AskSettings {
  name: string;
  typeDefs: DocumentNode;
  sdl: string;
  source: string;
  ids: ReadonlyMap<string, string>;
  slowMs: number;
}

/** The graph without and with the subgraph. */
export interface Compositions {
  before: Composition;
  after: Composition;
}
