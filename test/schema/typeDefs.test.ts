import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTypeDefs } from '../../subgraphs/shared/typeDefs.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'typeDefs-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function readSdl(sdl: string) {
  const file = join(folder, 'schema.graphql');
  writeFileSync(file, sdl);
  return readTypeDefs(pathToFileURL(file)).definitions.map(print);
}

describe('readTypeDefs', () => {
  it('gives a type the fields of its interface, before its own', () => {
    const [, type] = readSdl(`
      interface Named { "What it is called." name(short: Boolean): String }
      type Place implements Named { size: Int }
    `);
    expect(type).toBe(
      [
        'type Place implements Named {',
        '  "What it is called."',
        '  name(short: Boolean): String',
        '  size: Int',
        '}',
      ].join('\n'),
    );
  });

  it('keeps the field that a type writes itself', () => {
    const [, type] = readSdl(`
      interface Named { name: String }
      type Place implements Named { name: String! }
    `);
    expect(type).toBe('type Place implements Named {\n  name: String!\n}');
  });

  it('puts the fields of an extension into the type', () => {
    const definitions = readSdl('extend type PageInfo { size: Int }');
    expect(definitions).toHaveLength(1);
    expect(definitions[0]).toMatch(/^"""[^]*type PageInfo @shareable .*{[^]*\n {2}size: Int\n}$/);
  });

  it('adds the shared types that are used, also through one another, and no others', () => {
    const names = readSdl('type Query { size: Measure }').map(
      (definition) => /^(?:type|enum) (\w+)/m.exec(definition)?.[1],
    );
    expect(names).toEqual(['Query', 'Qualifier', 'Measure']);
  });

  it('describes paging where a field gives a connection, and only there', () => {
    const [query, page, edge] = readSdl(`
      type Query { places(first: Int): PlaceConnection  best(first: Int): [String] }
      type PlaceConnection { totalCount: Int }
      type PlaceEdge { "Own words." node: String }
    `);
    expect(query).toMatch(/places\(\n +"Page size, 1 to 100; .*"\n +first: Int\n/);
    expect(query).toContain('best(first: Int)');
    expect(page).toMatch(/^"One page of .*"\ntype PlaceConnection {\n {2}"Number of .*"\n/);
    expect(edge).toMatch(/^"One `Place` of a page.*"\ntype PlaceEdge {\n {2}"Own words\."\n/);
  });

  it('names the file and line of a syntax error', () => {
    expect(() => readSdl('type Query {\n  size: }')).toThrow(/Syntax Error: Expected Name/);
    try {
      readSdl('type Query {\n  size: }');
    } catch (error) {
      expect(String(error)).toContain(`${join(folder, 'schema.graphql')}:2:9`);
    }
  });
});
