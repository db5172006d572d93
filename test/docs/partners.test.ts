import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

/** A block of code of the guide: `sh` runs to its end, `sh running` is left running. */
interface Block {
  language: string;
  text: string;
}

const guide = readFileSync('docs/partners.md', 'utf8');
const blocks: Block[] = [...guide.matchAll(/^```([a-z ]+)\n(.*?)^```$/gms)].map(
  ([, language = '', text = '']) => ({ language, text }),
);

/** The guide names ports and a folder that may be taken here; others stand in for them. */
const folder = `.data/guide-${process.pid}`;
const ports = new Map<string, string>();
const replace = (text: string) =>
  text
    .replaceAll(/\b4[0-2]\d\d\b/g, (port) => ports.get(port) ?? port)
    .replaceAll('.data/', `${folder}/`);
const restore = (text: string) =>
  [...ports]
    .reduce((all, [port, other]) => all.replaceAll(other, port), text)
    .replaceAll(`${folder}/`, '.data/');

let env: NodeJS.ProcessEnv;
const running: ChildProcess[] = [];

beforeAll(async () => {
  const named = new Set(guide.match(/\b4[0-2]\d\d\b/g));
  for (const port of ['4000', '4001', '4002', '4003', ...named]) ports.set(port, await freePort());
  mkdirSync(folder, { recursive: true });
  const supergraph = join(folder, 'own.graphql');
  writeFileSync(supergraph, replace(readFileSync('schema/supergraph.graphql', 'utf8')));
  env = {
    ...process.env,
    MONGODB_URI: inject('mongodbUri'),
    DATABASE_PREFIX: `guide_${process.pid}_`,
    DATA_DIR: folder,
    SUPERGRAPH_FILE: supergraph,
    PORT: ports.get('4000'),
    ORGANIZATIONS_PORT: ports.get('4001'),
    CAMPAIGNS_PORT: ports.get('4002'),
    RECOGNITIONS_PORT: ports.get('4003'),
    SUBGRAPH_TIMEOUT_MS: '60000',
    LOG_LEVEL: 'error',
  };
});

afterAll(async () => {
  for (const child of running.reverse()) {
    const ended = once(child, 'exit');
    process.kill(-(child.pid ?? 0), 'SIGTERM');
    await ended;
  }
  rmSync(folder, { recursive: true });
});

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return String(port);
}

function start(text: string) {
  const child = spawn('bash', ['-e', '-c', replace(text)], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  }
  return { child, output: () => output };
}

async function runToEnd(text: string): Promise<string> {
  const { child, output } = start(text);
  await once(child, 'close');
  expect(child.exitCode, `${text}\n${output()}`).toBe(0);
  return restore(output());
}

async function leaveRunning(text: string): Promise<void> {
  const { child, output } = start(text);
  running.push(child);
  await new Promise<void>((resolve, reject) => {
    const look = () => {
      if (/^ready |Uvicorn running/m.test(output())) resolve();
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.once('exit', () => reject(new Error(`${text} ended:\n${output()}`)));
  });
}

/** What a check says, without what differs from run to run: figures, and how busy the machine is. */
const withoutFigures = (text: string) =>
  text
    .replaceAll(/^.*npm run.*\n|^> .*\n|^\n(?=>)/gm, '')
    .replaceAll(/ {9}(warning: )?of 20 calls.*\n/g, '')
    .trim();

it(
  'the guide for partners works word for word',
  async () => {
    let output = '';
    let commands = 0;
    for (const { language, text } of blocks) {
      if (language === 'sh running') await leaveRunning(text);
      if (language === 'sh') output = await runToEnd(text);
      if (language.startsWith('sh')) commands += 1;
      if (language === 'text') expect(withoutFigures(output)).toBe(withoutFigures(text));
      if (language === 'json') expect(JSON.parse(output)).toEqual(JSON.parse(text));
      if (text.startsWith('curl')) expect(output).toMatch(/^\{"data":\{(?!.*"errors")/);
    }
    expect(commands).toBeGreaterThan(12);
  },
  15 * 60_000,
);
