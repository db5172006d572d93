import { createVouch, VOUCHER_HEADER } from '../subgraphs/shared/authentication/vouch.ts';
import type { RunningServer } from '../subgraphs/shared/http/serveGraphQL.ts';
import { startSubgraph } from '../subgraphs/shared/server.ts';
import { joinSubgraphs, type HeadersFor } from '../subgraphs/shared/writing/Ask.ts';
import type { Subgraph } from '../subgraphs/shared/subgraph.ts';
import { countCommands } from '../subgraphs/shared/seen/countCommands.ts';
import type { Metrics } from '../subgraphs/shared/seen/createMetrics.ts';
import { ANYONE } from '../subgraphs/shared/Viewer.ts';
import type { Config } from './config.ts';
import { seedFacts } from './seed/seedFacts.ts';
import { say } from './workers/say.ts';

/**
 * Connects subgraphs to the database at `uri`, loads the facts, and serves each over HTTP.
 * Rejects when the database does not answer, the facts have faults, or a port can't be had.
 */
export async function runSubgraphs(
  subgraphs: readonly Subgraph<keyof Config['subgraphPorts']>[],
  {
    databasePrefix,
    directoryRows,
    databaseLimits,
    host,
    subgraphPorts,
    subgraphUrls,
    logLevel,
    accessLog,
    introspection,
    bodyLimitKb,
    limits,
    trustProxy,
    load,
    authentication,
    metricsAccess,
  }: Config,
  uri: string,
  metrics: Metrics,
) {
  const settings = {
    uri,
    databasePrefix,
    directoryRows,
    limits: databaseLimits,
    tell: console.error,
    observe: countCommands(metrics),
  };
  await Promise.all(subgraphs.map((subgraph) => subgraph.connect(settings)));
  joinSubgraphs(subgraphs, subgraphUrls, vouching(authentication.vouchSecret));
  await seedFacts(subgraphs, say);
  const servers: RunningServer[] = [];
  for (const subgraph of subgraphs) {
    const port = subgraphPorts[subgraph.name];
    const server = await startSubgraph(subgraph, {
      host,
      port,
      logLevel,
      accessLog,
      introspection,
      bodyLimitKb,
      limits,
      trustProxy,
      load,
      authentication,
      metricsAccess,
      metrics,
    });
    say(`subgraph ${subgraph.name} ${server.url}`);
    servers.push(server);
  }
  return {
    urls: servers.map(({ url }) => url),
    retire() {
      for (const server of servers) server.retire();
    },
    /** Answers nobody any more. */
    async stopServing(hurry: AbortSignal) {
      await Promise.all(servers.map((server) => server.close(hurry)));
    },
    async disconnect() {
      await Promise.all(subgraphs.map((subgraph) => subgraph.disconnect()));
    },
  };
}

/** Subgraphs that ask one another are nobody's agency: they say that they are a service, and no more. */
function vouching(secret: string | undefined): HeadersFor | undefined {
  if (secret === undefined) return undefined;
  const vouch = createVouch(secret);
  const service = { ...ANYONE, subject: 'service' };
  return async (subgraph) => ({ [VOUCHER_HEADER]: await vouch(service, subgraph) });
}
