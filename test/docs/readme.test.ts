import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph } from '../helpers/graph.ts';
import { readTexts } from './readBlocks.ts';

const readme = readFileSync('README.md', 'utf8');
/** The queries that stand in the running text. */
const shortQueries = [...readme.matchAll(/`(\{ .+ \})`/g)].map(([, text = '']) => text);

let graph: Awaited<ReturnType<typeof startGraph>>;

beforeAll(async () => {
  graph = await startGraph();
});

afterAll(() => graph?.close());

describe('the README', () => {
  it('shows the answer that its query really has', async () => {
    const [query = ''] = readTexts('README.md', 'graphql');
    const [answer = ''] = readTexts('README.md', 'json');
    expect(await graph.execute(query)).toEqual(JSON.parse(answer));
  });

  it('has short queries that are answered', async () => {
    expect(shortQueries).toHaveLength(3);
    for (const query of shortQueries) {
      expect(await graph.execute(query)).toEqual({ data: expect.any(Object) as object });
    }
  });

  it('names no script that is not there', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...readme.matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(5);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  });

  it('links to nothing that is not there', () => {
    const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path = '']) => path);
    expect(links.length).toBeGreaterThan(5);
    for (const path of links) expect(() => readFileSync(path), path).not.toThrow(/ENOENT/);
  });
});
