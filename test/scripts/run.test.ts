import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startScript } from '../helpers/startScript.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function script(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

it('a Node that is too old ends with one clear line', async () => {
  await mkdir(join(folder, 'scripts'));
  await copyFile('scripts/run.cjs', join(folder, 'scripts/run.cjs'));
  const later = `>=${Number(process.versions.node.split('.')[0])}.999`;
  await writeFile(join(folder, 'package.json'), JSON.stringify({ engines: { node: later } }));
  const run = promisify(execFile)(process.execPath, [join(folder, 'scripts/run.cjs'), 'any.ts']);
  await expect(run).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: `error: Node ${later} is needed, but this is Node ${process.versions.node}.\n`,
  });
});

it('a script gets its arguments, and its exit code is passed on', async () => {
  const file = await script(
    'arguments.mts',
    'const words: string[] = process.argv.slice(1); console.log(words.join(" ")); process.exitCode = 7;',
  );
  const run = startScript(file, {}, ['one', '--two']);
  expect(await run.ended).toBe(7);
  expect(run.output()).toBe(`${file} one --two\n`);
});

it('a file .env gives settings, but none that are set already', async () => {
  await writeFile(join(folder, '.env'), 'ONE=file\nTWO=file\n');
  const file = await script(
    'settings.mts',
    'console.log(process.env["ONE"] as string, process.env["TWO"] as string);',
  );
  const run = promisify(execFile)(process.execPath, [resolve('scripts/run.cjs'), file], {
    cwd: folder,
    env: { ONE: 'environment' },
  });
  expect((await run).stdout).toBe('environment file\n');
});

it('a signal reaches the script itself', async () => {
  const file = await script(
    'signal.mts',
    `process.on('SIGTERM', (): never => process.exit(9));
     setInterval(() => {}, 1e6);
     console.log('waiting');`,
  );
  const run = startScript(file);
  await run.line(/^waiting$/);
  run.process.kill('SIGTERM');
  expect(await run.ended).toBe(9);
});

it('a script that can not be read ends with exit code 1', async () => {
  const run = startScript(join(folder, 'missing.ts'));
  expect(await run.ended).toBe(1);
  expect(run.output()).toContain('missing.ts');
});
