import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { withClient } from '../../scripts/database/withClient.ts';
import { subgraphServices } from '../../subgraphs/services.ts';
import { askGolden, readQuestions } from '../helpers/golden.ts';
import { post } from '../helpers/graph.ts';
import { startScript, type RunningScript } from '../helpers/startScript.ts';

const questions = readQuestions(new URL('../graph/golden.json', import.meta.url));
const databasePrefix = `apart_${randomUUID().slice(0, 8)}_`;
const mongodbUri = inject('mongodbUri');
const names = subgraphServices.map(({ name }) => name);
type Name = (typeof names)[number];

/** All four believe one another, and the subgraphs nobody else. */
const trust = {
  VOUCH_SECRET: 'a secret of the four processes, as long as it must be',
  REQUIRE_VOUCHER: 'true',
};

const running = new Map<string, RunningScript>();
let folder: string;
let supergraphFile: string;
let url: string;
let urls: string[];

/** Starts one subgraph as a process of its own, on any free port or on one it had before. */
async function startSubgraph(name: Name, port = '0'): Promise<string> {
  const subgraph = startScript(
    'scripts/subgraph.ts',
    {
      ...trust,
      MONGODB_URI: mongodbUri,
      DATABASE_PREFIX: databasePrefix,
      [`${name.toUpperCase()}_PORT`]: port,
    },
    [name],
  );
  running.set(name, subgraph);
  return (await subgraph.line(/^ready /)).replace('ready ', '');
}

async function startGateway(): Promise<string> {
  const gateway = startScript('scripts/gateway.ts', { ...trust, PORT: '0', LOG_LEVEL: 'silent' }, [
    '--supergraph',
    supergraphFile,
  ]);
  running.set('gateway', gateway);
  return (await gateway.line(/^ready /)).replace('ready ', '');
}

async function stop(name: string, signal: NodeJS.Signals = 'SIGTERM') {
  const script = running.get(name);
  running.delete(name);
  script?.process.kill(signal);
  return script?.ended;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'supergraph-'));
  supergraphFile = join(folder, 'supergraph.graphql');
  urls = await Promise.all(names.map((name) => startSubgraph(name)));
  const committed = await readFile('schema/supergraph.graphql', 'utf8');
  const moved = subgraphServices.reduce(
    (sdl, { port }, index) => sdl.replaceAll(`http://127.0.0.1:${port}/graphql`, urls[index] ?? ''),
    committed,
  );
  await writeFile(supergraphFile, moved);
  url = await startGateway();
}, 120_000);

afterAll(async () => {
  await Promise.all([...running.keys()].map((name) => stop(name)));
  await rm(folder, { recursive: true, force: true });
  await withClient(mongodbUri, async (client) => {
    for (const name of names) await client.db(`${databasePrefix}${name}`).dropDatabase();
  });
});

describe('the graph as four processes', () => {
  it('has subgraphs that answer nobody but the gateway', async () => {
    for (const own of urls) {
      expect(await post(own, '{ __typename }')).toEqual({
        errors: [
          {
            message: expect.stringContaining('answers its gateway only') as string,
            extensions: { code: 'UNAUTHENTICATED' },
          },
        ],
      });
    }
  });

  it.each(questions)('answers $id: $questionEn', async (question) => {
    expect(await askGolden(question, (query, variables) => post(url, query, variables))).toEqual(
      [],
    );
  });

  const query = `{
    campaign(id: "ed-da-teh-2020") { name { vi } recognitionTotals { collectivesMin } unit { name { vi } } }
  }`;
  const whole = {
    data: {
      campaign: {
        name: { vi: 'Phong trào TDBVANTQ huyện Đạ Tẻh năm 2020' },
        recognitionTotals: { collectivesMin: 21 },
        unit: { name: { vi: 'Huyện Đạ Tẻh' } },
      },
    },
  };
  const partial = {
    data: { campaign: { ...whole.data.campaign, recognitionTotals: null } },
    errors: [
      {
        message: expect.stringContaining('"recognitions" is not working') as string,
        path: ['campaign', 'recognitionTotals'],
        extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'recognitions', retryable: true },
      },
    ],
  };

  it('misses only the fields of a subgraph that was killed, and has them back with it', async () => {
    expect(await post(url, query)).toEqual(whole);
    const output = running.get('recognitions')?.output() ?? '';
    const port = new URL(/^ready (.+)$/m.exec(output)?.[1] ?? '').port;
    expect(await stop('recognitions', 'SIGKILL')).toBe('SIGKILL');
    expect(await post(url, query)).toEqual(partial);

    // A gateway that starts now serves what is there.
    expect(await stop('gateway')).toBe(0);
    url = await startGateway();
    expect(await post(url, query)).toEqual(partial);

    await startSubgraph('recognitions', port);
    expect(await post(url, query)).toEqual(whole);
  });

  it('stops each part when told, with exit code 0', async () => {
    for (const name of ['gateway', ...names]) expect([name, await stop(name)]).toEqual([name, 0]);
  });

  it('says which subgraphs there are when asked for another', async () => {
    const script = startScript('scripts/subgraph.ts', {}, ['police']);
    expect(await script.ended).toBe(1);
    expect(script.output().trim()).toBe(
      'error: say which subgraph to run, one of organizations, campaigns, recognitions: npm run subgraph -- campaigns',
    );
  });
});
