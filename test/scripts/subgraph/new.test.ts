import { execFile } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './kit.ts';

// Inside the project, where the packages are found that the template needs.
const folder = join('.data', `new-${process.pid}`);

beforeAll(() => mkdir(folder, { recursive: true }));
afterAll(() => rm(folder, { recursive: true }));

const create = (...args: string[]) => run('subgraphNew', args);

describe('subgraph:new', () => {
  it('makes a subgraph for an entity that is no interface, which passes the check and its own test', async () => {
    const dir = join(folder, 'village');
    const made = await create('village-talks', '--extends', 'Campaign', '--dir', dir, '--json');
    expect(made.code).toBe(0);
    expect(JSON.parse(made.output)).toMatchObject({
      ok: true,
      files: [
        'README.md',
        'createSchema.ts',
        'package.json',
        'reports.ts',
        'schema.graphql',
        'server.ts',
        'test/subgraph.test.ts',
      ].map((file) => join(dir, file)),
    });
    const schema = await readFile(join(dir, 'schema.graphql'), 'utf8');
    expect(schema).toContain('type Campaign @key(fields: "id") {');
    expect(schema).not.toMatch(/template|interfaceObject/i);

    await promisify(execFile)('npm', ['test'], { cwd: dir });
    const check = await run('subgraphCheck', [
      ...['--name', 'village-talks', '--schema', join(dir, 'schema.graphql'), '--graph', folder],
    ]);
    expect(check.output).toMatch(/\n"village-talks" is good\n$/);
    expect(check.output).not.toContain('warning');
  });

  it.each([
    [['Village'], `"Village" can't be the name of a subgraph`],
    [['campaigns'], `"campaigns" is one of the graph's own subgraphs`],
    [[], 'this takes NAME'],
    [['x', '--dir', 'docs'], 'docs exists: name another with --dir'],
    [['x', '--extends', 'Measure'], '"Measure" is no entity of the graph with the key "id": take'],
  ])('%j is wrong usage', async (args, message) => {
    const { code, output } = await create(...args);
    expect(output).toContain(`error: ${message}`);
    expect(code).toBe(2);
  });
});
