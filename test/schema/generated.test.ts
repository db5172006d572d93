import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findStaleFiles } from '../../scripts/schema/generatedFiles.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'schema-'));
  for (const path of ['package.json', 'docs', 'gateway', 'schema', 'scripts', 'subgraphs']) {
    cpSync(join(root, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
});

afterAll(() => {
  rmSync(copy, { recursive: true });
});

const check = () =>
  spawnSync(process.execPath, ['--import', 'tsx', 'scripts/schema.ts', '--check'], {
    cwd: copy,
    encoding: 'utf8',
  });

describe('generated files', () => {
  it('are up to date', async () => {
    expect(await findStaleFiles()).toEqual([]);
  });

  it('that are stale or missing are named in one line, and are left alone', () => {
    const api = join(copy, 'schema/api.graphql');
    appendFileSync(api, '# by hand\n');
    rmSync(join(copy, 'subgraphs/campaigns/__generated__'), { recursive: true });
    expect(check()).toMatchObject({
      status: 1,
      stdout: '',
      stderr:
        'error: stale, run npm run schema: schema/api.graphql, subgraphs/campaigns/__generated__/types.ts\n',
    });
    expect(readFileSync(api, 'utf8')).toMatch(/# by hand\n$/);
  });
});
