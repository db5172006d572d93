import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import { withClient } from '../../scripts/database/withClient.ts';
import { cleanUp } from '../gateway/kit.ts';
import { post } from '../helpers/graph.ts';
import { startScript } from '../helpers/startScript.ts';
import { childrenOf, isThere } from './gatewayProcess.ts';
import { startClients } from './startClients.ts';

const QUERY = '{ organization(id: "org-hoi-nct-viet-nam") { recognitionsIssued { totalCount } } }';
const EXPECTED = '{"data":{"organization":{"recognitionsIssued":{"totalCount":2}}}}';

/** What a process holds in memory, in MB. */
function memoryMb(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Math.round(Number(line?.[1]) / 1024);
}

test('npm start in two workers loads the facts once, answers everywhere, and leaves nothing behind', async () => {
  const uri = inject('mongodbUri');
  const prefix = `workers_${randomUUID().slice(0, 8)}_`;
  cleanUp(() =>
    withClient(uri, async (client) => {
      for (const name of ['organizations', 'campaigns', 'recognitions']) {
        await client.db(`${prefix}${name}`).dropDatabase();
      }
    }),
  );
  const script = startScript('scripts/start.ts', {
    PORT: '0',
    ORGANIZATIONS_PORT: '0',
    CAMPAIGNS_PORT: '0',
    RECOGNITIONS_PORT: '0',
    GATEWAY_WORKERS: '2',
    MONGODB_URI: uri,
    DATABASE_PREFIX: prefix,
    LOG_LEVEL: 'warn',
  });
  cleanUp(async () => {
    script.process.kill('SIGKILL');
    await script.ended;
  });
  const url = (await script.line(/^ready /)).replace('ready ', '');
  expect(script.output().match(/records written to campaigns/g)).toHaveLength(1);
  const own = [...script.output().matchAll(/^subgraph \w+ (\S+)$/gm)].map(([, at = '']) => at);
  expect(own).toHaveLength(3);
  for (const at of own) expect(await post(at, '{ __typename }')).toHaveProperty('data.__typename');

  const clients = startClients(url, { query: QUERY, expected: EXPECTED });
  await expect.poll(clients.answered, { timeout: 30_000 }).toBeGreaterThan(200);
  const workers = childrenOf(script);
  console.log('memory in MB:', [script.process.pid ?? 0, ...workers].map(memoryMb));
  process.kill(workers[1] ?? 0, 'SIGKILL');
  await expect.poll(() => childrenOf(script).length, { timeout: 10_000 }).toBe(2);
  const atKill = clients.answered();
  await expect.poll(clients.answered, { timeout: 5_000 }).toBeGreaterThan(atKill + 50);
  await clients.stop();
  expect(clients.failed().length).toBeLessThanOrEqual(8);

  const all = childrenOf(script);
  script.process.kill('SIGTERM');
  expect(await script.ended).toBe(0);
  expect(all.filter(isThere)).toEqual([]);
});
