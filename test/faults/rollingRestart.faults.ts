import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createSupergraph, EXPECTED, QUERY, startGatewayProcess } from './gatewayProcess.ts';
import { startBalancer } from './startBalancer.ts';
import { startClients } from './startClients.ts';

const settings = { SHUTDOWN_DELAY_MS: '1000' };

test('gateways behind a balancer are replaced one after the other, and no request fails', async () => {
  const file = await createSupergraph();
  const gateways = await Promise.all([1, 2].map(() => startGatewayProcess(file, settings)));
  const url = await startBalancer(gateways.map(({ origin }) => origin));
  const clients = startClients(url, { query: QUERY, expected: EXPECTED });
  await expect.poll(clients.answered, { timeout: 30_000 }).toBeGreaterThan(100);

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
