import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildSchema, parse } from 'graphql';
import { readGatewayConfig } from '../../../gateway/config.ts';
import { startGateway } from '../../../gateway/gateway.ts';
import { composeSubgraphs } from '../../../scripts/schema/composition.ts';
import { createContract } from '../../../scripts/schema/contract/createContract.ts';
import { composedServices } from '../../../scripts/schema/generatedFiles.ts';
import { createMock } from '../../../scripts/subgraph/mock/createMock.ts';
import { post } from '../../helpers/graph.ts';
import { createFolder, run } from '../subgraph/kit.ts';

const compose = (sdl: string) =>
  composeSubgraphs([
    {
      name: 'a',
      url: 'http://127.0.0.1/a',
      typeDefs: parse(
        `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@tag"]) ${sdl}`,
      ),
    },
  ]).supergraph;

describe('a contract', () => {
  it('shows what is tagged and what that leads to, and nothing else', () => {
    const supergraph = compose(`
      type Query {
        works(kind: [Kind!], secret: Int @tag(name: "internal")): [Work!]! @tag(name: "p")
        people: [Person!]!
      }
      interface Work @key(fields: "id") { id: ID! @tag(name: "p") author: Person }
      type Book implements Work @key(fields: "id") { id: ID! author: Person pages: Int @tag(name: "p") }
      type Film implements Work @key(fields: "id") @tag(name: "p") { id: ID! author: Person @tag(name: "internal") minutes: Int }
      type Person { name: String }
      enum Kind { BOOK FILM }
      enum Unused { A }
    `);
    expect(createContract(supergraph, { include: ['p'], exclude: ['internal'] }).api).toBe(
      `type Book implements Work {
  id: ID!
  pages: Int
}

type Film implements Work {
  id: ID!
  minutes: Int
}

enum Kind {
  BOOK
  FILM
}

type Query {
  works(kind: [Kind!]): [Work!]!
}

interface Work {
  id: ID!
}`,
    );
  });

  it('names what leads to nothing', () => {
    const supergraph = compose(`
      type Query { work: Work @tag(name: "p") other: Int }
      type Work { id: ID! }
    `);
    const contract = (tag: string) => createContract(supergraph, { include: [tag], exclude: [] });
    expect(() => contract('p')).toThrow(
      expect.objectContaining({
        message: 'the tags leave types without fields',
        hints: ['Query.work is shown but nothing of its type Work is: tag some of its fields'],
      }),
    );
    expect(() => contract('q')).toThrow('no field of Query has the tag "q"');
  });
});

describe('schema:contract', async () => {
  const folder = await createFolder();

  it('writes a supergraph that our gateway serves, of which clients see what is meant for partners', async () => {
    const { code, output } = await run('schemaContract', [
      ...['--tag', 'partner', '--out', folder.path, '--supergraph', 'schema/supergraph.graphql'],
    ]);
    expect(output).toContain(`wrote ${folder.path}/supergraph.graphql`);
    expect(code).toBe(0);

    const api = buildSchema(readFileSync(join(folder.path, 'api.graphql'), 'utf8'));
    expect(Object.keys(api.getQueryType()?.getFields() ?? {}).sort()).toEqual([
      'activities',
      'activity',
      'administrativeUnit',
      'administrativeUnits',
      'campaign',
      'campaigns',
      'officialDocument',
      'officialDocuments',
      'organization',
      'organizations',
      'source',
      'sources',
    ]);
    // Neither people nor the editor's work is for partners.
    expect(api.getType('PublicOfficial')).toBeUndefined();
    expect(api.getType('DataNote')).toBeUndefined();
    expect(api.getType('Inference')).toBeUndefined();

    const gateway = await startGateway(
      readGatewayConfig({
        PORT: '0',
        LOG_LEVEL: 'silent',
        SUPERGRAPH_FILE: join(folder.path, 'supergraph.graphql'),
        LAST_GOOD_DIR: join(folder.path, 'last-good'),
      }),
      { inProcess: composedServices().map(({ name, typeDefs }) => createMock(name, typeDefs)) },
    );
    const ask = (fields: string) => post(gateway.url, `{ campaign(id: "x") { ${fields} } }`);
    expect(await ask('id name { vi }')).toEqual({
      data: { campaign: { id: 'x', name: { vi: expect.any(String) as string } } },
    });
    expect(await ask('inferences { reason }')).toMatchObject({
      errors: [{ message: 'Cannot query field "inferences" on type "Campaign".' }],
    });
    await gateway.close();
  });

  it('without a tag is wrong usage', async () => {
    expect(await run('schemaContract', [])).toEqual({
      code: 2,
      output: 'error: --tag is missing: see --help\n',
    });
  });
});
