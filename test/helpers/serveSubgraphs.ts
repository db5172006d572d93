import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { inject } from 'vitest';
import { readGatewayConfig } from '../../gateway/config.ts';
import { seedFacts } from '../../scripts/seed/seedFacts.ts';
import { subgraphs } from '../../subgraphs/index.ts';
import type { RunningServer } from '../../subgraphs/shared/http/serveGraphQL.ts';
import { startSubgraph } from '../../subgraphs/shared/server.ts';
import { subgraphServices } from '../../subgraphs/services.ts';

const settings = {
  host: '127.0.0.1',
  introspection: true,
  bodyLimitKb: 256,
  logLevel: 'silent',
  authentication: readGatewayConfig({}).authentication,
} as const;

/** The three subgraphs over HTTP, on free ports, over databases of their own that hold the facts. */
export async function serveSubgraphs() {
  const database = {
    uri: inject('mongodbUri'),
    databasePrefix: `served_${randomUUID().slice(0, 8)}_`,
  };
  const servers = new Map<string, RunningServer>();
  const start = async (name: string, port = 0) => {
    const subgraph = subgraphs.find((each) => each.name === name);
    if (!subgraph) throw new Error(`there is no subgraph ${name}`);
    servers.set(name, await startSubgraph(subgraph, { ...settings, port }));
  };
  for (const subgraph of subgraphs) {
    await subgraph.connect(database);
    await start(subgraph.name);
  }
  await seedFacts(subgraphs, () => {});

  const urlOf = (name: string) => servers.get(name)?.url ?? '';
  return {
    urlOf,
    database,
    /** The committed supergraph, with the addresses that the subgraphs have here. */
    async supergraph(): Promise<string> {
      const committed = await readFile('schema/supergraph.graphql', 'utf8');
      return subgraphServices.reduce(
        (sdl, { name, port }) => sdl.replaceAll(`http://127.0.0.1:${port}/graphql`, urlOf(name)),
        committed,
      );
    },
    /** Takes one subgraph away; gives what brings it back at the same address. */
    async stop(name: string) {
      const port = Number(new URL(urlOf(name)).port);
      await servers.get(name)?.close();
      return () => start(name, port);
    },
    async close() {
      for (const server of servers.values()) await server.close();
      for (const subgraph of subgraphs) {
        await subgraph.database.dropDatabase();
        await subgraph.disconnect();
      }
    },
  };
}
