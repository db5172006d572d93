import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { withClient } from '../../scripts/database/withClient.ts';
import { subgraphServices } from '../../subgraphs/services.ts';
import { cleanUp } from '../gateway/kit.ts';
import { startScript } from '../helpers/startScript.ts';

/** Runs `npm start` over databases of its own, on free ports; gives where each server is. */
export async function startWhole(env: Record<string, string> = {}) {
  const uri = inject('mongodbUri');
  const prefix = `seen_${randomUUID().slice(0, 8)}_`;
  cleanUp(() =>
    withClient(uri, async (client) => {
      for (const { name } of subgraphServices) await client.db(`${prefix}${name}`).dropDatabase();
    }),
  );
  const script = startScript('scripts/start.ts', {
    PORT: '0',
    ORGANIZATIONS_PORT: '0',
    CAMPAIGNS_PORT: '0',
    RECOGNITIONS_PORT: '0',
    MONGODB_URI: uri,
    DATABASE_PREFIX: prefix,
    LOG_LEVEL: 'warn',
    ...env,
  });
  cleanUp(async () => {
    script.process.kill('SIGKILL');
    await script.ended;
  });
  const url = (await script.line(/^ready /)).replace('ready ', '');
  const subgraphs = [...script.output().matchAll(/^subgraph \w+ (\S+)$/gm)].map(
    ([, at = '']) => at,
  );
  return { script, url, root: new URL(url).origin, subgraphs };
}
