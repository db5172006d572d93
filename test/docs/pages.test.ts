import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { subgraphServices } from '../../subgraphs/services.ts';
import { subgraphs } from '../../subgraphs/index.ts';

const pages = readdirSync('docs').filter((name) => name.endsWith('.md'));
const read = (name: string) => readFileSync(join('docs', name), 'utf8');

describe.each(pages)('docs/%s', (name) => {
  it('links to nothing that is not there', () => {
    const links = [...read(name).matchAll(/\]\(([^)#:]+)\)/g)].map(([, path = '']) => path);
    expect(links.filter((path) => !existsSync(join('docs', path)))).toEqual([]);
  });

  it('names no script that is not there', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...read(name).matchAll(/npm run ([a-z:]+)/g)].map(([, script = '']) => script);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });
});

it('other engines are told the addresses that the supergraph names', () => {
  const page = read('other-engines.md');
  for (const { name, port } of subgraphServices) {
    const url = `http://127.0.0.1:${port}/graphql`;
    expect(page).toContain(`  ${name}: ${url}\n`);
    expect(page).toContain(`    ${name}:\n      url: ${url}\n`);
  }
});

it('docs/operations.md tells every setting, with the default that it has', () => {
  const page = read('operations.md');
  const example = readFileSync('.env.example', 'utf8');
  const all = [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)];
  expect(all.length).toBeGreaterThan(10);
  for (const [, name = '', preset = ''] of all) {
    const row = page
      .split('\n')
      .find((line) => line.startsWith('|') && line.includes(`\`${name}\``));
    expect(row, name).toBeDefined();
    if (preset) expect(row, name).toContain(preset);
  }
});

describe('what docs/mongodb.md says of the collections', () => {
  const rows = [...read('mongodb.md').matchAll(/^\| ([a-z ]+?) +\| `(\w+)` +\|/gm)];

  it('is said of each of them', () => {
    const told = rows
      .flatMap(([, database = '', collection = '']) =>
        (database === 'all three' ? subgraphs.map(({ name }) => name) : [database]).map(
          (name) => `${name}.${collection}`,
        ),
      )
      // Not a model: what was loaded is noted there.
      .filter((name) => !name.endsWith('.dataSets'));
    const there = subgraphs.flatMap(({ name, database }) =>
      Object.values(database.models).map(({ collection }) => `${name}.${collection.name}`),
    );
    expect(told.sort()).toEqual(there.sort());
  });

  it('holds of their indexes: none is unique, none of a kind that is not sharded', () => {
    for (const { database } of subgraphs) {
      for (const model of Object.values(database.models)) {
        for (const [fields, options] of model.schema.indexes()) {
          expect(options.unique ?? false, `${model.modelName} ${JSON.stringify(fields)}`).toBe(
            false,
          );
          expect(Object.values(fields).every((each) => each === 1 || each === -1)).toBe(true);
        }
      }
    }
  });
});
