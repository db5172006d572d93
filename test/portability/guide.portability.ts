import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { findOnPath } from '../../scripts/database/findOnPath.ts';
import { readTexts, textsIn } from '../docs/readBlocks.ts';
import { startCommand, type RunningCommand } from '../docs/startCommand.ts';
import { freePort } from '../helpers/freePort.ts';
import { askGolden, readQuestions } from '../helpers/golden.ts';
import { post } from '../helpers/graph.ts';
import { installTool } from '../helpers/installTool.ts';

/**
 * docs/other-engines.md, word for word: the subgraphs as processes, and each engine that can be had, with the file that
 * stands there. The routers are programs that nobody downloads here: they are tried where they are on the PATH.
 */

const page = 'docs/other-engines.md';
const folder = mkdtempSync(join(tmpdir(), 'engines-'));
const ports = new Map<string, string>();
const replace = (text: string) =>
  text.replaceAll(/\b(?:400\d|8088)\b/g, (port) => ports.get(port) ?? port);
const [question = ''] = readTexts('README.md', 'graphql');
const [answer = ''] = readTexts('README.md', 'json');

const questions = ['golden', 'answers'].flatMap((name) =>
  readQuestions(new URL(`../graph/${name}.json`, import.meta.url)),
);

let env: NodeJS.ProcessEnv;
const running: RunningCommand[] = [];

beforeAll(async () => {
  for (const port of ['4000', '4001', '4002', '4003', '8088']) {
    ports.set(port, String(await freePort()));
  }
  const supergraph = replace(readFileSync('schema/supergraph.graphql', 'utf8'));
  writeFileSync(join(folder, 'supergraph.graphql'), supergraph);
  env = {
    ...process.env,
    MONGODB_URI: undefined,
    DATA_DIR: join(folder, 'data'),
    ORGANIZATIONS_PORT: ports.get('4001'),
    CAMPAIGNS_PORT: ports.get('4002'),
    RECOGNITIONS_PORT: ports.get('4003'),
    // Hive Gateway reads the same variable.
    LOG_LEVEL: 'error',
  };
  const [first = ''] = readTexts(page, 'sh');
  for (const line of first.trim().split('\n')) {
    const command = startCommand(`exec ${line}`, { env, cwd: resolve('.') });
    running.push(command);
    await command.until(/^(?:database mongodb|ready |subgraph \w+ http)/m);
  }
  expect(running).toHaveLength(4);
});

afterAll(async () => {
  for (const command of running.reverse()) await command.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs an engine as the page says, and asks it what the README asks, and all that has a known answer. */
async function tryEngine(command: string, unanswered: readonly string[] = []) {
  const engine = startCommand(`exec env ${command}`, { env, cwd: folder });
  onTestFinished(engine.stop);
  const url = `http://127.0.0.1:${ports.get('4000')}/graphql`;
  const ask = () => post(url, question).catch(() => engine.output());
  await expect.poll(ask, { timeout: 60_000, interval: 200 }).toEqual(JSON.parse(answer));
  const faulty = new Map<string, string[]>();
  for (const each of questions) {
    const found = await askGolden(each, (query, variables) => post(url, query, variables));
    if (found.length) faulty.set(each.id, found);
  }
  expect([...faulty.keys()], `${engine.output()}\n${[...faulty.values()].join('\n')}`).toEqual(
    unanswered,
  );
}

const sectionOf = (name: string) =>
  readFileSync(page, 'utf8').split(`\n## ${name}\n`)[1]?.split('\n## ')[0] ?? '';

it('Hive Gateway, by its command line', async () => {
  const section = sectionOf('Hive Gateway');
  const [config = ''] = textsIn(section, 'js');
  writeFileSync(join(folder, 'gateway.config.mjs'), replace(config));
  const [install = '', start = ''] = textsIn(section, 'sh')[0]?.trim().split('\n') ?? [];
  const bin = await installTool(install.replace('npm install ', ''));
  await tryEngine(join(bin, start.replace('npx ', '')));
});

const routers = [
  {
    name: 'Apollo Router',
    program: 'router',
    file: 'router.yaml',
    path: await findOnPath('router').catch(() => ''),
    unanswered: [],
  },
  {
    name: 'Hive Router',
    program: 'hive_router',
    file: 'router.config.yaml',
    path: await findOnPath('hive_router').catch(() => ''),
    // What one kind of organization has, asked below a field of a subgraph that knows organizations by their id only.
    unanswered: ['G09', 'A165'],
  },
];

for (const { name, program, file, path, unanswered } of routers) {
  it.skipIf(!path)(name, async () => {
    const section = sectionOf(name);
    const [config = ''] = textsIn(section, 'yaml');
    writeFileSync(join(folder, file), replace(config).replace('schema/', ''));
    const [command = ''] = textsIn(section, 'sh');
    await tryEngine(
      command.trim().replace(`./${program}`, path).replace('schema/', ''),
      unanswered,
    );
  });
}
