import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { withClient } from '../../scripts/database/withClient.ts';
import { createKeys, editorOf } from '../helpers/createKeys.ts';
import { post } from '../helpers/graph.ts';
import { startScript, type RunningScript } from '../helpers/startScript.ts';
import { cited } from '../helpers/writing.ts';

/** Subgraphs as processes of their own: what a write refers to elsewhere is looked up over HTTP. */

const databasePrefix = `apart_${randomUUID().slice(0, 8)}_`;
const mongodbUri = inject('mongodbUri');
const VOUCH_SECRET = randomUUID() + randomUUID();

let organizations: RunningScript;
let campaigns: RunningScript;
let url: string;
let keys: Awaited<ReturnType<typeof createKeys<'police'>>>;

async function start(name: string, env: Record<string, string>) {
  const script = startScript(
    'scripts/subgraph.ts',
    {
      MONGODB_URI: mongodbUri,
      DATABASE_PREFIX: databasePrefix,
      KEYS_FILE: keys.file,
      VOUCH_SECRET,
      [`${name.toUpperCase()}_PORT`]: '0',
      ...env,
    },
    [name],
  );
  return { script, url: (await script.line(/^ready /)).replace('ready ', '') };
}

beforeAll(async () => {
  keys = await createKeys({ police: editorOf('org-cong-an-tinh-thai-binh') });
  // It answers nobody but those who have its secret: campaigns has to vouch for itself.
  const first = await start('organizations', { REQUIRE_VOUCHER: 'true' });
  organizations = first.script;
  const second = await start('campaigns', { ORGANIZATIONS_URL: first.url });
  campaigns = second.script;
  url = second.url;
});

afterAll(async () => {
  for (const script of [organizations, campaigns]) {
    script?.process.kill('SIGKILL');
    await script?.ended;
  }
  await withClient(mongodbUri, async (client) => {
    for (const name of ['organizations', 'campaigns']) {
      await client.db(`${databasePrefix}${name}`).dropDatabase();
    }
  });
  await keys?.remove();
});

const create = (unitId: string) =>
  post(
    url,
    `mutation ($input: OutcomeCreateInput!) {
      outcomeCreate(input: $input) { outcome { id unit { id } } userErrors { code path } }
    }`,
    {
      input: {
        metricCode: 'LEAFLETS',
        name: { vi: 'Tờ rơi phát tại chợ' },
        measure: { value: 10, qualifier: 'EXACT', asPrinted: '10' },
        unitId,
        period: { from: '2024' },
        contributorIds: ['org-cong-an-tinh-thai-binh'],
        provenance: [cited()],
      },
    },
    keys.keys.police,
  );

it('rights, units and unknown ids are those of the organizations service', async () => {
  expect(await create('place-tinh-thai-binh')).toEqual({
    data: {
      outcomeCreate: {
        outcome: { id: 'out-to-roi-phat-tai-cho', unit: { id: 'place-tinh-thai-binh' } },
        userErrors: [],
      },
    },
  });
  expect(await create('place-nowhere')).toEqual({
    data: {
      outcomeCreate: {
        outcome: null,
        userErrors: [{ code: 'NOT_FOUND', path: ['input', 'unitId'] }],
      },
    },
  });
});

it('while that service is down, the author is asked to come again', async () => {
  organizations.process.kill('SIGKILL');
  await organizations.ended;
  const { errors } = await create('place-tinh-thai-binh');
  expect(errors?.[0]).toMatchObject({
    message: expect.stringContaining('come again') as string,
    extensions: { code: 'UNAVAILABLE' },
  });
});
