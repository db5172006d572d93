import { beforeAll, describe, expect, it } from 'vitest';
import { createFolder, goodSdl, run, withLink } from './kit.ts';

const folder = await createFolder();
let good: string;

beforeAll(async () => {
  good = await folder.write('duty.graphql', goodSdl);
});

const check = (...args: string[]) =>
  run('subgraphCheck', ['--name', 'duty', '--graph', folder.path, ...args]);

describe('the command subgraph:check', () => {
  it('ends with exit code 0 when all is good, and gives JSON to machines', async () => {
    const { code, output } = await check('--schema', good, '--json');
    expect(JSON.parse(output)).toMatchObject({
      name: 'duty',
      ok: true,
      steps: ['schema', 'compose', 'changes', 'gateway'].map((step) => ({ step, ok: true })),
      skipped: ['reach', 'service', 'entities', 'latency', 'http'].map((step) => ({
        step,
        reason: 'no --url was given',
      })),
    });
    expect(code).toBe(0);
  });

  it('ends with exit code 1 when something is not', async () => {
    const file = await folder.write('taken.graphql', withLink('type Query { sources: Int }'));
    const { code, output } = await check('--schema', file);
    expect(output).toContain(' FAIL  compose\n');
    expect(output).toMatch(/\n"duty" is not good: compose\n$/);
    expect(code).toBe(1);
  });

  it('ends with exit code 2, and one line, when it is called wrongly', async () => {
    expect(await check('--wrong')).toEqual({
      code: 2,
      output: "error: Unknown option '--wrong': see --help\n",
    });
  });

  it('explains itself', async () => {
    const { code, output } = await check('--help');
    expect(output).toContain('Usage: npm run subgraph:check -- --name NAME --schema FILE');
    expect(code).toBe(0);
  });
});
