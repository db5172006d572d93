import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { freePort } from '../helpers/freePort.ts';
import { readBlocks } from './readBlocks.ts';
import { startCommand, type RunningCommand } from './startCommand.ts';

const guide = readFileSync('docs/partners.md', 'utf8');
/** `sh` runs to its end, `sh running` is left running. */
const blocks = readBlocks('docs/partners.md');

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
const running: RunningCommand[] = [];

beforeAll(async () => {
  const named = new Set(guide.match(/\b4[0-2]\d\d\b/g));
  for (const port of ['4000', '4001', '4002', '4003', ...named])
    ports.set(port, String(await freePort()));
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
  for (const command of running.reverse()) await command.stop();
  rmSync(folder, { recursive: true });
});

async function runToEnd(text: string): Promise<string> {
  const { ended, output } = startCommand(replace(text), { env });
  expect(await ended, `${text}\n${output()}`).toBe(0);
  return restore(output());
}

async function leaveRunning(text: string): Promise<void> {
  const command = startCommand(replace(text), { env });
  running.push(command);
  await command.until(/^ready |Uvicorn running/m);
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
