import { rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
  childrenOf,
  createSupergraph,
  EXPECTED,
  isThere,
  QUERY,
  startGatewayProcess,
} from './gatewayProcess.ts';
import { startClients } from './startClients.ts';

const asked = { query: QUERY, expected: EXPECTED };

test('a worker that is killed under load is back within seconds, and the others go on', async () => {
  const { script, url } = await startGatewayProcess(await createSupergraph(), {
    GATEWAY_WORKERS: '2',
  });
  expect(script.output().match(/^ready /gm)).toHaveLength(1);
  const before = childrenOf(script);
  expect(before).toHaveLength(2);

  const clients = startClients(url, asked);
  await expect.poll(clients.answered, { timeout: 30_000 }).toBeGreaterThan(100);
  process.kill(before[0] ?? 0, 'SIGKILL');
  const killedAt = clients.answered();
  await expect.poll(clients.answered, { timeout: 5_000 }).toBeGreaterThan(killedAt + 50);
  await expect.poll(() => childrenOf(script).length, { timeout: 10_000 }).toBe(2);
  await sleep(3_000);
  await clients.stop();
  // Those that were on their way to it.
  expect(clients.failed().length).toBeLessThanOrEqual(8);
  expect(script.output()).toContain('a worker has ended by SIGKILL');

  const all = childrenOf(script);
  script.process.kill('SIGTERM');
  expect(await script.ended).toBe(0);
  expect(all.filter(isThere)).toEqual([]);
});

test('SIGUSR2 puts new workers in the place of the old ones, and no request fails', async () => {
  const { script, url } = await startGatewayProcess(await createSupergraph(), {
    GATEWAY_WORKERS: '2',
    LOG_LEVEL: 'info',
  });
  const before = childrenOf(script);
  const clients = startClients(url, asked);
  const probes = startProbes(url.replace('/graphql', '/readyz'));
  script.process.kill('SIGUSR2');
  await expect.poll(() => script.output(), { timeout: 60_000 }).toContain('all workers are new');
  await expect.poll(() => before.filter(isThere), { timeout: 20_000 }).toEqual([]);
  expect(childrenOf(script)).toHaveLength(2);
  await clients.stop();
  expect(clients.failed()).toEqual([]);
  expect(clients.answered()).toBeGreaterThan(500);
  const statuses = await probes.stop();
  expect(statuses.length).toBeGreaterThan(50);
  expect(new Set(statuses)).toEqual(new Set([200]));
});

/** Asks whether it is ready again and again, as a load balancer does: by a new connection each time. */
function startProbes(url: string) {
  const statuses: number[] = [];
  const stopped = new AbortController();
  const probing = (async () => {
    while (!stopped.signal.aborted) {
      const response = await fetch(url, { headers: { connection: 'close' } });
      await response.arrayBuffer();
      statuses.push(response.status);
      await sleep(20);
    }
  })();
  return {
    async stop() {
      stopped.abort();
      await probing;
      return statuses;
    },
  };
}

test('workers that end again and again are one clear line and exit code 1', async () => {
  const file = await createSupergraph();
  const { script, lastGoodDir } = await startGatewayProcess(file, { GATEWAY_WORKERS: '2' });
  await writeFile(file, 'no supergraph');
  await rm(lastGoodDir, { recursive: true, force: true });
  for (const pid of childrenOf(script)) process.kill(pid, 'SIGKILL');
  expect(await script.ended).toBe(1);
  expect(script.output().trim().split('\n').at(-1)).toBe(
    'error: workers end again and again, the last one has ended with exit code 1: their log says why',
  );
});

test('workers end with their supervisor, however it ends', async () => {
  const { script } = await startGatewayProcess(await createSupergraph(), { GATEWAY_WORKERS: '2' });
  const workers = childrenOf(script);
  script.process.kill('SIGKILL');
  await expect.poll(() => workers.filter(isThere), { timeout: 5_000 }).toEqual([]);
});

test('a worker that does not start at all is told once, with what is wrong', async () => {
  const script = startGatewayProcess('/nowhere/supergraph.graphql', { GATEWAY_WORKERS: '2' });
  await expect(script).rejects.toThrow('the first worker has not started');
});
