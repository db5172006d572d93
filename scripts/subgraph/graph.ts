import { join } from 'node:path';
import { parse, Source } from 'graphql';
import { readSupergraph } from '../../gateway/supergraph/readSupergraph.ts';
import { subgraphServices } from '../../subgraphs/services.ts';
import type { ComposedService } from '../schema/composition.ts';
import { composedServices } from '../schema/generatedFiles.ts';
import { UsageError } from '../UsageError.ts';
import { readPartners, type Partner } from './partners.ts';

/** The graph that a partner's subgraph joins: our own subgraphs, and the partners that are there already. */
export interface Graph {
  own: ComposedService[];
  partners: Partner[];
}

export interface GraphSettings {
  /** The folder that holds partners, and what is composed with them. */
  folder: string;
  /** The supergraph that says where our own subgraphs run. */
  supergraphFile: string;
}

/** Flags of all commands that read or write the graph. */
export const graphFlags = {
  graph: { type: 'string' },
  supergraph: { type: 'string' },
} as const;

export const graphHelp = `  --graph DIR         the folder that holds partners and the supergraph with them (DATA_DIR/graph)
  --supergraph FILE   says where our own subgraphs run (SUPERGRAPH_FILE, schema/supergraph.graphql)`;

export const graphSettings = (
  flags: { graph?: string; supergraph?: string },
  env: NodeJS.ProcessEnv = process.env,
): GraphSettings => ({
  folder: flags.graph ?? join(env['DATA_DIR'] || '.data', 'graph'),
  supergraphFile: flags.supergraph ?? (env['SUPERGRAPH_FILE'] || 'schema/supergraph.graphql'),
});

/** The files below the folder of a graph. */
export const graphFiles = (folder: string) => ({
  partners: join(folder, 'partners'),
  supergraph: join(folder, 'supergraph.graphql'),
  api: join(folder, 'api.graphql'),
});

/** Reads the graph. Rejects when there is no supergraph, or a partner's file makes no sense. */
export async function readGraph({ folder, supergraphFile }: GraphSettings): Promise<Graph> {
  const { subgraphs } = await readSupergraph(supergraphFile);
  const urls = new Map(subgraphs.map(({ name, url }) => [name, url]));
  return {
    own: composedServices().map((service) => ({
      ...service,
      url: urls.get(service.name) ?? service.url,
    })),
    partners: await readPartners(graphFiles(folder).partners),
  };
}

/** The graph with one more partner, or with another version of one. */
export const withPartner = ({ own, partners }: Graph, partner: Partner): Graph => ({
  own,
  partners: [...partners.filter(({ name }) => name !== partner.name), partner],
});

/** The graph without the partner of this name. */
export const withoutPartner = ({ own, partners }: Graph, name: string): Graph => ({
  own,
  partners: partners.filter((partner) => partner.name !== name),
});

/** All its subgraphs, as composition takes them. Throws a GraphQLError when a partner's SDL can't be parsed. */
export const servicesOf = ({ own, partners }: Graph): ComposedService[] => [
  ...own,
  ...partners.map(({ name, url, sdl }) => ({
    name,
    url,
    typeDefs: parse(new Source(sdl, `${name}.graphql`)),
  })),
];

/** @throws UsageError when a partner wants the name of one of our own subgraphs. */
export function assertNotOurs(name: string): void {
  if (subgraphServices.every((service) => service.name !== name)) return;
  throw new UsageError(`"${name}" is one of the graph's own subgraphs: take another name`);
}
