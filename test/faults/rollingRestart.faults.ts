import { setTimeout as sleep } from 'node:timers/promises';
import { readFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import { withClient } from '../../scripts/database/withClient.ts';
import { cleanUp, writeTemporary } from '../gateway/kit.ts';
import { startScript } from '../helpers/startScript.ts';
import { createSupergraph, EXPECTED, QUERY, startGatewayProcess } from './gatewayProcess.ts';
import { startBalancer } from './startBalancer.ts';
import { startClients } from './startClients.ts';

const settings = { SHUTDOWN_DELAY_MS: '1000' };

test('gateways behind a balancer are replaced one after the other, and no request fails', async () => {
  const file = await createSupergraph();
  const gateways = await Promise.all([1, 2].map(() => startGatewayProcess(file, settings)));
  const url = await startBalancer(gateways.map(({ origin }) => origin));
  const clients = startClients(url, { query: QUERY, expected: EXPECTED });
  await expect
    .poll(() => clients.answered() + clients.failed().length, { timeout: 30_000 })
    .toBeGreaterThan(100);
  expect(clients.failed()).toEqual([]);

  for (const { script, origin } of gateways) {
    script.process.kill('SIGTERM');
    expect(await script.ended).toBe(0);
    await startGatewayProcess(file, { ...settings, PORT: new URL(origin).port });
    await sleep(500);
  }
  await clients.stop();
  expect(clients.failed()).toEqual([]);
  expect(clients.answered()).toBeGreaterThan(500);
});

test('so are those of a subgraph behind a gateway', async () => {
  const uri = inject('mongodbUri');
  const prefix = `rolling_${randomUUID().slice(0, 8)}_`;
  cleanUp(() => withClient(uri, (client) => client.db(`${prefix}recognitions`).dropDatabase()));
  const startOne = async (port = '0') => {
    const env = {
      ...settings,
      MONGODB_URI: uri,
      DATABASE_PREFIX: prefix,
      RECOGNITIONS_PORT: port,
      LOG_LEVEL: 'warn',
    };
    const script = startScript('scripts/subgraph.ts', env, ['recognitions']);
    cleanUp(async () => {
      script.process.kill('SIGKILL');
      await script.ended;
    });
    const { origin } = new URL((await script.line(/^ready /)).replace('ready ', ''));
    return { script, origin };
  };
  // One after the other: the first one loads the facts.
  const subgraphs = [await startOne(), await startOne()];
  const balancer = await startBalancer(subgraphs.map(({ origin }) => origin));
  const committed = await readFile('schema/supergraph.graphql', 'utf8');
  const file = await writeTemporary(
    committed.replaceAll('http://127.0.0.1:4003/graphql', balancer),
  );
  const { url } = await startGatewayProcess(file, { COALESCE: 'false' });
  const clients = startClients(url, {
    query: '{ recognitions(first: 1) { totalCount } }',
    expected: '{"data":{"recognitions":{"totalCount":18}}}',
  });
  await expect
    .poll(() => clients.answered() + clients.failed().length, { timeout: 30_000 })
    .toBeGreaterThan(100);
  expect(clients.failed()).toEqual([]);

  for (const { script, origin } of subgraphs) {
    script.process.kill('SIGTERM');
    expect(await script.ended).toBe(0);
    await startOne(new URL(origin).port);
    await sleep(500);
  }
  await clients.stop();
  expect(clients.failed()).toEqual([]);
  expect(clients.answered()).toBeGreaterThan(500);
});
