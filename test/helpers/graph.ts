import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { readGatewayConfig } from '../../gateway/config.ts';
import { startGateway } from '../../gateway/gateway.ts';
import { seedFacts } from '../../scripts/seed/seedFacts.ts';
import { joinSubgraphs } from '../../subgraphs/shared/writing/Ask.ts';
import { subgraphs } from '../../subgraphs/index.ts';
import { withoutRequestIds } from './withoutRequestIds.ts';

/** The answer to one operation, as it came over HTTP. */
export interface Answer {
  data?: unknown;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
  extensions?: Record<string, unknown>;
}

/** Sends one operation to a GraphQL endpoint. */
export async function post(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
  key?: string,
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  return withoutRequestIds((await response.json()) as Answer, response);
}

/** The whole graph in this process, over databases of its own that hold the facts. */
export async function startGraph({
  directoryRows = 0,
  keysFile = '.data/none.json',
  env = {},
} = {}) {
  const databasePrefix = `test_${randomUUID().slice(0, 8)}_`;
  const uri = inject('mongodbUri');
  // What is tested here is never how long it takes: the slowest rung of the ladder may be busy.
  const limits = { poolSize: 50, timeoutMs: 60_000, selectionTimeoutMs: 10_000 };
  const settings = { uri, databasePrefix, directoryRows, limits, monitorCommands: true };
  for (const subgraph of subgraphs) await subgraph.connect(settings);
  joinSubgraphs(subgraphs);
  await seedFacts(subgraphs, () => {});
  const config = readGatewayConfig({
    PORT: '0',
    LOG_LEVEL: 'warn',
    SUBGRAPH_TIMEOUT_MS: '60000',
    KEYS_FILE: keysFile,
    ...env,
  });
  const gateway = await startGateway(config, { inProcess: subgraphs });
  return {
    url: gateway.url,
    execute: (query: string, variables?: Record<string, unknown>, key?: string) =>
      post(gateway.url, query, variables, key),
    async close() {
      await gateway.close();
      for (const { database, disconnect } of subgraphs) {
        await database.dropDatabase();
        await disconnect();
      }
    },
  };
}
