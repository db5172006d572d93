import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer } from '../../scripts/database/startServer.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'server-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

function start(command: string, code: string) {
  const storage = join(folder, 'data');
  return startServer('a server', { command, storage, args: () => ['-e', code] }, folder);
}

it('a server that ends before it listens is told with its end and its log', async () => {
  const log = join(folder, 'data.log');
  await expect(
    start(process.execPath, 'console.error("no room"); process.exit(3)'),
  ).rejects.toThrow(`ended with exit code 3 (see ${log})`);
  expect(await readFile(log, 'utf8')).toBe('no room\n');
});

it('a server that can not be executed is told with the reason', async () => {
  await expect(start(folder, '')).rejects.toThrow(`spawn ${folder} EACCES`);
});
