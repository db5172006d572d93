import { randomUUID } from 'node:crypto';
import { afterAll, expect, inject, it } from 'vitest';
import { withClient } from '../../scripts/database/withClient.ts';
import { addKey, showing, temporaryKeyFile } from '../helpers/keys.ts';
import { startScript } from '../helpers/startScript.ts';

const mongodbUri = inject('mongodbUri');
const databasePrefix = `rights_${randomUUID().slice(0, 8)}_`;

afterAll(() =>
  withClient(mongodbUri, async (client) => {
    for (const name of ['organizations', 'campaigns', 'recognitions']) {
      await client.db(`${databasePrefix}${name}`).dropDatabase();
    }
  }),
);

it('npm start with PUBLIC_READING=false is closed on all four ports, and open to a key', async () => {
  const file = temporaryKeyFile();
  const { text } = await addKey(file);
  const script = startScript('scripts/start.ts', {
    PORT: '0',
    ORGANIZATIONS_PORT: '0',
    CAMPAIGNS_PORT: '0',
    RECOGNITIONS_PORT: '0',
    MONGODB_URI: mongodbUri,
    DATABASE_PREFIX: databasePrefix,
    KEYS_FILE: file,
    PUBLIC_READING: 'false',
  });
  await script.line(/^ready /);
  const urls = [...script.output().matchAll(/^(?:subgraph \w+|ready) (http\S+)$/gm)].map(
    ([, url = '']) => url,
  );
  expect(urls).toHaveLength(4);
  for (const url of urls) {
    const ask = async (headers: Record<string, string>) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query: '{ __typename }' }),
      });
      return [response.status, await response.json()] as unknown;
    };
    expect(await ask({})).toMatchObject([401, { errors: [{}] }]);
    expect(await ask(showing(text))).toEqual([200, { data: { __typename: 'Query' } }]);
    expect((await fetch(url.replace('/graphql', '/healthz'))).status).toBe(200);
  }
  script.process.kill('SIGTERM');
  expect(await script.ended).toBe(0);
});
