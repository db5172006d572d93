import { mkdtemp, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readGatewayConfig } from '../../gateway/config.ts';
import { startGateway } from '../../gateway/gateway.ts';
import { readSupergraph } from '../../gateway/supergraph/readSupergraph.ts';
import { composeFile, createSubgraph, writeTemporary } from './kit.ts';
import { createBooks, createReviews } from './library.ts';

test('a supergraph names its subgraphs and where they are', async () => {
  const file = await composeFile([
    { ...createBooks(), url: 'http://books.example/graphql' },
    { ...createReviews(), url: '' },
  ]);
  const { subgraphs, schema } = await readSupergraph(file);
  expect(subgraphs).toEqual([
    { name: 'books', url: 'http://books.example/graphql' },
    { name: 'reviews', url: '' },
  ]);
  expect(schema.getType('Book')).toBeDefined();
});

test('a file that is not there, not readable or not a supergraph is one line that says what to do', async () => {
  await expect(readSupergraph('nowhere.graphql')).rejects.toThrow(
    'there is no supergraph at nowhere.graphql: compose one with "npm run schema", or name another with --supergraph or SUPERGRAPH_FILE',
  );
  const folder = await mkdtemp(join(tmpdir(), 'supergraph-'));
  await expect(readSupergraph(folder)).rejects.toThrow(
    /^the supergraph at .+ can't be read \(EISDIR\): it must be a file that this user may read$/,
  );
  await rmdir(folder);

  for (const [text, reason] of [
    ['', 'Syntax Error: Unexpected <EOF>.'],
    ['{"not": "SDL"', 'Syntax Error: Expected Name, found String "not".'],
    ['type Query { a: Int }', 'it names no subgraphs'],
    ['enum join__Graph { A } type Query { a: Nowhere }', 'Unknown type: "Nowhere".'],
  ] as const) {
    const file = await writeTemporary(text);
    await expect(readSupergraph(file), text).rejects.toThrow(
      `${file} is not a composed Federation 2 supergraph (${reason}): compose one with "npm run schema", or name another with --supergraph or SUPERGRAPH_FILE`,
    );
  }
});

test('a supergraph that Apollo refuses is one line with the reason', async () => {
  const sdl =
    'type Query { a: A } type A @federation__context(name: "c") { id: ID b: B } type B @key(fields: "id") { id: ID! c(x: ID @federation__fromContext(field: "$c { id }")): Int }';
  const url = 'http://127.0.0.1:1/graphql';
  const file = await composeFile([{ ...createSubgraph('guarded', sdl, {}), url }]);
  const config = readGatewayConfig({ PORT: '0', SUPERGRAPH_FILE: file, LOG_LEVEL: 'silent' });
  await expect(startGateway(config)).rejects.toThrow(
    /^the supergraph can't be served: .*context[^\n]*$/,
  );
});
