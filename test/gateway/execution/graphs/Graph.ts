import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { buildASTSchema, parse } from 'graphql';
import type { Supergraph } from '../../../../gateway/supergraph/readSupergraph.ts';
import {
  createInProcessTransport,
  type InProcessSubgraph,
} from '../../../../gateway/transport/inProcess.ts';
import type { Transport, TransportLog } from '../../../../gateway/transport/Transport.ts';

/** A schema with its resolvers: of one subgraph, or of the whole graph in one. */
export interface Part {
  sdl: string;
  resolvers: GraphQLResolverMap<never>;
  /** What resolvers share during one client request. */
  createContext?: () => object;
}

export interface GraphParts {
  name: string;
  subgraphs: Record<string, Part>;
  /** The same graph as one schema over the same data: what every answer is measured by. */
  monolith: Part;
}

/** A small federated graph whose subgraphs run in process. */
export interface Graph {
  name: string;
  supergraph: Supergraph;
  transports: Map<string, Transport>;
  monolith: InProcessSubgraph;
}

export const silentLog: TransportLog = { warn: () => {}, debug: () => {} };

const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@shareable", "@interfaceObject", "@requires", "@external", "@provides", "@override", "@inaccessible"
])\n`;

/** Composes and starts a graph. Throws what composition has against it. */
export function createGraph({ name, subgraphs, monolith }: GraphParts): Graph {
  const parts = Object.entries(subgraphs);
  const { supergraphSdl, errors } = composeServices(
    parts.map(([part, { sdl }]) => ({
      name: part,
      url: 'http://127.0.0.1:1/graphql',
      typeDefs: parse(federation + sdl),
    })),
  );
  if (!supergraphSdl) throw new Error(`${name}: ${errors?.join('\n')}`);
  return {
    name,
    supergraph: createSupergraph(
      supergraphSdl,
      parts.map(([part]) => part),
    ),
    transports: new Map(
      parts.map(([part, { sdl, ...rest }]) => {
        const subgraph = createSubgraph(part, { sdl: federation + sdl, ...rest });
        return [
          part,
          createInProcessTransport({ subgraph, timeoutMs: 10_000, log: silentLog }),
        ] as const;
      }),
    ),
    monolith: createSubgraph('monolith', monolith),
  };
}

function createSupergraph(sdl: string, names: readonly string[]): Supergraph {
  return {
    sdl,
    schema: buildASTSchema(parse(sdl), { assumeValidSDL: true }),
    subgraphs: names.map((name) => ({ name, url: '' })),
  };
}

function createSubgraph(
  name: string,
  { sdl, resolvers, createContext = () => ({}) }: Part,
): InProcessSubgraph {
  const schema = buildSubgraphSchema({
    typeDefs: parse(sdl),
    // Resolvers get the context that is made next to them; the schema builder can't know that.
    resolvers: resolvers as GraphQLResolverMap<unknown>,
  });
  return { name, schema, createContext };
}

/** A row of a table; the resolver of a field that holds an error fails with it. */
export type Row = Record<string, unknown>;

/** Finds rows by a field, and entities by what subgraphs are told of them. */
export function createTable<R extends Row>(rows: readonly R[]) {
  const byId = (id: unknown): R | null => rows.find((row) => row['id'] === String(id)) ?? null;
  return {
    rows,
    byId,
    byIds: (ids: readonly unknown[]) => ids.map(byId),
    /** An entity with what it was told besides its key, as a subgraph sees it. */
    resolveReference: (reference: Row) => {
      const row = byId(reference['id']);
      return row && { ...row, given: reference };
    },
    /** The first so many rows: all without a number. */
    first: (count: number | null | undefined) => rows.slice(0, count ?? rows.length),
  };
}
