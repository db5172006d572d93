import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findOnPath } from '../../scripts/database/findOnPath.ts';
import { pythonEnvironment } from '../../scripts/database/pythonEnvironment.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'python-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

it('an environment that is only half made is made anew, a finished one is used again', async (test) => {
  await findOnPath('python3').catch(() => test.skip('there is no python3'));
  const environment = join(folder, 'environment');
  await mkdir(join(environment, 'bin'), { recursive: true });
  await writeFile(join(environment, 'bin', 'python3'), 'half of it');
  const lines: string[] = [];

  // pip itself is in every environment, so that nothing has to be downloaded.
  const python = await pythonEnvironment(environment, 'pip', (line) => lines.push(line));
  expect(lines).toEqual([`installing pip from PyPI into ${environment} (once, some 25 MB)`]);
  expect((await stat(python)).size).toBeGreaterThan(10_000);

  expect(await pythonEnvironment(environment, 'pip', (line) => lines.push(line))).toBe(python);
  expect(lines).toHaveLength(1);
});
