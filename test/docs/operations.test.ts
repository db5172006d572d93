import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse as parseGraphQL } from 'graphql';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { withClient } from '../../scripts/database/withClient.ts';
import { composeSubgraphs } from '../../scripts/schema/composition.ts';
import { subgraphServices } from '../../subgraphs/services.ts';
import { freePort } from '../helpers/freePort.ts';
import { startGraph } from '../helpers/graph.ts';
import { readCompose } from '../helpers/readContainers.ts';
import { readCommands, readTexts } from './readBlocks.ts';
import { runShell } from './runShell.ts';
import { startCommand } from './startCommand.ts';

/** What docs/operations.md tells to run is run, as it stands there, but for ports, folders and names of databases. */

const page = 'docs/operations.md';
const commands = readCommands(page);
const folder = mkdtempSync(join(tmpdir(), 'operations-'));
const databasePrefix = `operations_${randomUUID().slice(0, 8)}_`;
const uri = inject('mongodbUri');

/** The one command that has `part` in it; none may be left over at the end. */
const rest = new Set(commands);
function command(part: string): string {
  const [found = '', ...others] = commands.filter((each) => each.includes(part));
  expect(others, part).toEqual([]);
  rest.delete(found);
  return found;
}

const env = {
  MONGODB_URI: uri,
  DATABASE_PREFIX: databasePrefix,
  DATA_DIR: folder,
  KEYS_FILE: join(folder, 'keys.json'),
};
const run = (text: string, more: Record<string, string> = {}, cwd = '.') =>
  runShell(text.replaceAll('.data/', `${folder}/`), { env: { ...env, ...more }, cwd });

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await dropDatabases(databasePrefix);
});

const dropDatabases = (prefix: string) =>
  withClient(uri, async (client) => {
    for (const { name } of subgraphServices) await client.db(prefix + name).dropDatabase();
  });
const countActivities = (prefix: string) =>
  withClient(uri, (client) =>
    client.db(`${prefix}campaigns`).collection('activities').countDocuments(),
  );

describe('over a graph that runs', () => {
  let graph: Awaited<ReturnType<typeof startGraph>>;
  beforeAll(async () => {
    graph = await startGraph({ keysFile: env.KEYS_FILE, env: { METRICS: 'key' } });
  });
  afterAll(() => graph?.close());

  it('a document is asked for by its id', async () => {
    const answer = await run(
      command('documentId').replace('127.0.0.1:4000', new URL(graph.url).host),
    );
    expect(JSON.parse(answer)).toMatchObject({ data: { organization: { name: { en: /./ } } } });
  });

  it('a key with the scope `metrics` reads them', async () => {
    const printed = await run(command('--scope metrics'));
    const [key] = /antq_[0-9a-f]{10}_[\w-]{43}/.exec(printed) ?? [];
    const { origin } = new URL(graph.url);
    const status = async (headers: Record<string, string>) =>
      (await fetch(`${origin}/metrics`, { headers })).status;
    expect(await status({})).toBe(401);
    // The file of keys is looked at now and then.
    await expect
      .poll(() => status({ authorization: `Bearer ${key}` }), { timeout: 10_000 })
      .toBe(200);
  });
});

it("a partner's hints of age are seen in the supergraph", () => {
  const [hints = ''] = readTexts(page, 'graphql');
  const typeDefs = parseGraphQL(`${hints}\ntype Query { news: String @cacheControl(maxAge: 60) }`);
  const { supergraph } = composeSubgraphs([
    { name: 'partner', url: 'http://127.0.0.1/', typeDefs },
  ]);
  expect(supergraph).toMatch(/news: String .*@cacheControl\(maxAge: 60\)/);
});

it('Prometheus is told of rules that are there', () => {
  const [text = ''] = readTexts(page, 'yaml');
  const config = parseYaml(text) as { rule_files: string[]; scrape_configs: unknown[] };
  expect(config.rule_files.filter((file) => !existsSync(join('docs', file)))).toEqual([]);
  expect(config.scrape_configs).toEqual([
    { job_name: 'antq', static_configs: [{ targets: ['127.0.0.1:4000'] }] },
  ]);
});

describe('backups', () => {
  it('are made, restored in the place of what was lost, and tried under another prefix', async () => {
    await run('npm run --silent seed');
    const activities = await countActivities(databasePrefix);
    expect(activities).toBeGreaterThan(10);

    const printed = await run(command('npm run backup'));
    const file = printed.trim().split('\n').at(-1) ?? '';
    expect(existsSync(file)).toBe(true);

    await dropDatabases(databasePrefix);
    await run(command('npm run restore -- .data').replace(/\.data\/backups\/\S+/, file));
    expect(await countActivities(databasePrefix)).toBe(activities);

    const trial = `trial_${databasePrefix}`;
    await run(command('DATABASE_PREFIX=trial_').replace('trial_', trial).replace('FILE', file));
    expect(await countActivities(trial)).toBe(activities);
    await dropDatabases(trial);
  });

  it('are made by a timer, and thirty are kept', async () => {
    const backups = join(folder, 'backups');
    rmSync(backups, { recursive: true, force: true });
    mkdirSync(backups);
    for (let day = 10; day < 45; day += 1)
      writeFileSync(join(backups, `antq-202601${day}.ejson.gz`), '');
    await run(command('head -n -30').replace('/opt/antq-graph', process.cwd()));
    const kept = readdirSync(backups).sort();
    expect(kept).toHaveLength(30);
    expect(kept[0]).toBe('antq-20260116.ejson.gz');
    expect(kept.at(-1)).toMatch(/^antq-\d{8}T\d{6}Z\.ejson\.gz$/);
  });
});

describe('the unit for systemd', () => {
  const [unit = ''] = readTexts(page, 'ini');
  const setting = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1] ?? '';

  it('starts a service that new workers take over, and that ends in order when it is told to', async () => {
    await run(command('npm run build').replace('/opt/antq-graph', process.cwd()));
    const port = await freePort();
    const ports = { ORGANIZATIONS_PORT: '0', CAMPAIGNS_PORT: '0', RECOGNITIONS_PORT: '0' };
    const [program = '', ...args] = setting('ExecStart').split(' ');
    expect(program).toBe('/usr/bin/node');
    const service = startCommand(`exec ${[process.execPath, ...args].join(' ')}`, {
      env: { ...process.env, ...env, ...ports, PORT: String(port), GATEWAY_WORKERS: '2' },
    });
    onTestFinished(service.stop);
    await service.until(/^ready http/m);

    await run(setting('ExecReload'), { MAINPID: String(service.pid) });
    await service.until(/all workers are new/);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);

    process.kill(service.pid, 'SIGTERM');
    expect(await service.ended).toBe(0);
  });

  it('lets it write what it has to, which is there before it starts, and waits longer than it takes to stop', () => {
    const home = setting('WorkingDirectory');
    expect(existsSync('node_modules/.cache')).toBe(true);
    expect(setting('ReadWritePaths').split(' ')).toEqual([
      `${home}/.data`,
      `${home}/node_modules/.cache`,
    ]);
    expect(Number(setting('TimeoutStopSec'))).toBeGreaterThan(30);
  });
});

describe('containers, which no engine runs here', () => {
  const [up = '', backUp = ''] = readTexts(page, 'sh docker');

  it('get the secrets that compose.yaml wants', async () => {
    await run(command('openssl'), {}, folder);
    const secrets = readSecrets();
    expect(Object.values(secrets).every((secret) => /^[0-9a-f]{64}$/.test(secret))).toBe(true);
    expect(Object.keys(readCompose('.', secrets).services)).toContain('gateway');
    expect(up.match(/^docker compose .*$/gm)).toEqual([
      'docker compose up --build --detach --wait',
    ]);
  });

  it('are backed up by a command that is the same as outside of them', async () => {
    await run('npm run --silent seed');
    // In the place of the engine: what it is told, one word on each line.
    const docker = 'docker() { printf "%s\\n" "$@"; }';
    const told = (await run(`${docker}\n${backUp}`, {}, folder)).trim().split('\n');
    const { MONGODB_ROOT_PASSWORD: password } = readSecrets();
    const { services } = readCompose('.', readSecrets());
    expect(told).toContain(
      `MONGODB_URI=mongodb://root:${password}@mongodb:27017/?replicaSet=rs0&authSource=admin`,
    );
    expect(told).toContain(`${folder}/backups:/backups`);
    const at = told.indexOf('organizations');
    expect(services).toHaveProperty(told[at] ?? '');
    const inside = told
      .slice(at + 1)
      .join(' ')
      .replaceAll('/backups/', `${folder}/backups/`);
    const file = (await run(inside)).trim();
    expect(file).toMatch(/\/backups\/antq-\d{4}-\d\d-\d\d\.ejson\.gz$/);
    await run(`node scripts/run.cjs scripts/restore.ts ${file} --replace`);
  });

  const readSecrets = () =>
    Object.fromEntries(
      [...readFileSync(join(folder, '.env'), 'utf8').matchAll(/^(\w+)=(.*)$/gm)].map(
        ([, name = '', value = '']) => [name, value],
      ),
    );
});

it('no other command is told', () => {
  expect([...rest]).toEqual([]);
});
