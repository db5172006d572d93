import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createFolder, goodSdl, run, withLink } from './kit.ts';

const folder = await createFolder();
const graph = join(folder.path, 'graph');
const url = 'http://127.0.0.1:4999/graphql';
let good: string;

beforeAll(async () => {
  good = await folder.write('duty.graphql', goodSdl);
});

const add = (schema: string) =>
  run('subgraphAdd', [
    ...['--name', 'duty', '--url', url, '--schema', schema],
    ...['--offline', '--graph', graph],
  ]);
const remove = (...args: string[]) => run('subgraphRemove', ['duty', '--graph', graph, ...args]);
const read = (name: string) => readFileSync(join(graph, name), 'utf8');

describe('subgraph:add and subgraph:remove', () => {
  it('what is not good is not added', async () => {
    const bad = await folder.write('bad.graphql', withLink('type Query { sources: Int }'));
    const { code, output } = await add(bad);
    expect(output).toMatch(/\n"duty" is not good: compose\n\nnothing was written\n$/);
    expect(code).toBe(1);
    expect(existsSync(graph)).toBe(false);
  });

  it('a good one is kept, and part of the supergraph', async () => {
    const { code, output } = await add(good);
    expect(output).toMatch(
      `\n"duty" is good

wrote ${graph}/supergraph.graphql
serve it:  SUPERGRAPH_FILE=${graph}/supergraph.graphql npm start
go back:   npm run subgraph:remove -- duty\n`,
    );
    expect(code).toBe(0);
    expect(read('partners/duty.graphql')).toBe(`# url: ${url}\n${goodSdl}`);
    expect(read('supergraph.graphql')).toContain(`@join__graph(name: "duty", url: "${url}")`);
    expect(read('api.graphql')).toContain('type DutyReport {');
  });

  it('another version takes its place, and the one before is kept', async () => {
    const before = read('supergraph.graphql');
    const next = await folder.write('next.graphql', goodSdl.replace('title:', 'subject:'));
    const { code, output } = await add(next);
    expect(output).toContain('Field `title` was removed from object type `DutyReport`');
    expect(output).toContain(
      `go back:   npm run subgraph:add -- --name duty --url ${url} --schema ${graph}/partners/duty.graphql.previous --offline\n`,
    );
    expect(code).toBe(0);
    expect(read('supergraph.graphql')).not.toBe(before);
    expect(read('supergraph.graphql.previous')).toBe(before);
    expect(read('api.graphql')).toContain('subject: String!');
  });

  it('the line that says how to go back does so', async () => {
    const before = read('supergraph.graphql.previous');
    expect(await add(join(graph, 'partners/duty.graphql.previous'))).toMatchObject({ code: 0 });
    expect(read('supergraph.graphql')).toBe(before);
  });

  it('is not removed while a saved operation needs it, unless one insists', async () => {
    await folder.write(
      'Duty.graphql',
      '# What is on duty.\nquery Duty {\n  dutyReports { title }\n}',
    );
    const before = read('supergraph.graphql');
    const needed = await remove('--operations', folder.path);
    expect(needed.output).toContain('error: saved operations need "duty"; nothing was written\n');
    expect(needed.output).toContain(
      `Field \`dutyReports\` was removed from object type \`Query\`: breaks Duty (${folder.path}/Duty.graphql:3)\n`,
    );
    expect(needed.code).toBe(1);
    expect(read('supergraph.graphql')).toBe(before);

    expect(await remove('--operations', folder.path, '--force')).toMatchObject({ code: 0 });
    expect(read('supergraph.graphql')).not.toContain('duty');
    expect(existsSync(join(graph, 'partners/duty.graphql'))).toBe(false);
  });

  it('what is not there can not be removed', async () => {
    expect(await remove()).toEqual({
      code: 2,
      output: `error: there is no partner "duty" in ${graph}/partners: there are none\n`,
    });
  });
});
