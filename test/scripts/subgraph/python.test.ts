import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway } from '../../../gateway/gateway.ts';
import { readGatewayConfig } from '../../../gateway/config.ts';
import { pythonEnvironment } from '../../../scripts/database/pythonEnvironment.ts';
import { subgraphs } from '../../../subgraphs/index.ts';
import { freePort } from '../../helpers/freePort.ts';
import { post, startGraph } from '../../helpers/graph.ts';
import { createFolder, run } from './kit.ts';

const example = 'examples/python-subgraph';
const folder = await createFolder();
const graphFolder = join(folder.path, 'graph');
let url: string;
let server: ChildProcess | undefined;

beforeAll(async () => {
  const requirements = join(example, 'requirements.txt');
  const version = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 8);
  const python = await pythonEnvironment(
    join('.data', `python-subgraph-${version}`),
    `--requirement=${requirements}`,
    () => {},
  );
  const port = await freePort();
  const started = spawn(
    python,
    ['-m', 'uvicorn', '--app-dir', example, 'subgraph:app', '--port', String(port)],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  server = started;
  await new Promise<void>((resolve, reject) => {
    let log = '';
    started.stderr.on('data', (chunk) => {
      log += String(chunk);
      if (log.includes('Uvicorn running')) resolve();
    });
    started.once('exit', () => reject(new Error(log)));
  });
  url = `http://127.0.0.1:${port}/`;
});

afterAll(() => server?.kill());

describe('the subgraph in Python', () => {
  it('passes the check, without a warning but for how fast it is, and is added', async () => {
    const { code, output } = await run('subgraphAdd', [
      ...['--name', 'hotlines', '--url', url, '--id', 'Organization=org-bo-cong-an'],
      ...['--graph', graphFolder, '--slow-ms', '60000'],
    ]);
    expect(output).toContain('\n"hotlines" is good\n');
    expect(output).not.toContain('warning');
    expect(output).toContain('Organization by "id": 50 at once came in their order');
    expect(code).toBe(0);
  });

  it('answers in one query across all four subgraphs', async () => {
    const graph = await startGraph();
    const gateway = await startGateway(
      readGatewayConfig({
        PORT: '0',
        LOG_LEVEL: 'warn',
        SUBGRAPH_TIMEOUT_MS: '60000',
        SUPERGRAPH_FILE: join(graphFolder, 'supergraph.graphql'),
        LAST_GOOD_DIR: join(folder.path, 'last-good'),
      }),
      { inProcess: subgraphs },
    );
    const answer = await post(
      gateway.url,
      `{
        organization(id: "org-hoi-nct-viet-nam") {
          name { en }
          campaigns(role: [SIGNATORY], sort: PERIOD_DESC, first: 1) { nodes { document { number } } }
          recognitionsIssued(first: 1) { nodes { conferredOn } }
          hotlines
        }
        organizationsWithHotline { name { en } hotlines }
      }`,
    );
    expect(answer).toEqual({
      data: {
        organization: {
          name: { en: 'Vietnam Association of the Elderly' },
          campaigns: { nodes: [{ document: { number: '105/CTPH-HNCT-BCA' } }] },
          recognitionsIssued: { nodes: [{ conferredOn: '2017-10-26' }] },
          hotlines: ['1900 0001'],
        },
        organizationsWithHotline: [
          { name: { en: 'Ministry of Public Security' }, hotlines: ['1900 0002', '1900 0003'] },
          { name: { en: 'Vietnam Association of the Elderly' }, hotlines: ['1900 0001'] },
        ],
      },
    });
    await gateway.close();
    await graph.close();
  });
});
