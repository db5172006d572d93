import { readFile } from 'node:fs/promises';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { defaultFieldResolver, isObjectType, parse } from 'graphql';
import type { KeyRights } from '../../../scripts/keys/changes.ts';
import { addKey, showing, temporaryKeyFile } from '../../helpers/keys.ts';
import { composeFile, post, startTestGateway, writeTemporary, type TestSubgraph } from '../kit.ts';

export const link = (imports: string) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@interfaceObject", ${imports}])\n`;

export const plainImports = '"@authenticated", "@requiresScopes", "@policy"';

interface GuardedOptions {
  /** SDL and resolvers of each subgraph, by name. */
  subgraphs: Record<string, { sdl: string; resolvers: object }>;
  imports?: string;
  executor: string;
  /** Changes the composed supergraph, into what another composition would have made. */
  edit?: (supergraph: string) => string;
  env?: Record<string, string>;
}

/** A gateway over subgraphs in this process whose directives say who may see what; `asked` lists what they were asked. */
export async function startGuarded({
  subgraphs: parts,
  imports = plainImports,
  executor,
  edit = (text) => text,
  env,
}: GuardedOptions) {
  const asked: string[] = [];
  const subgraphs = Object.entries(parts).map(([name, { sdl, resolvers }]): TestSubgraph => {
    const typeDefs = link(imports) + sdl;
    const schema = buildSubgraphSchema({
      typeDefs: parse(typeDefs),
      resolvers: resolvers as GraphQLResolverMap<unknown>,
    });
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type) || type.name.startsWith('__')) continue;
      for (const field of Object.values(type.getFields())) {
        const { resolve = defaultFieldResolver } = field;
        field.resolve = (source, given, context, info): unknown => {
          asked.push(`${type.name}.${field.name}`);
          return resolve(source, given, context, info);
        };
      }
    }
    return { name, typeDefs, schema, createContext: () => ({}) };
  });
  const composed = await composeFile(
    subgraphs.map((subgraph) => ({ ...subgraph, url: 'http://127.0.0.1:1/graphql' })),
  );
  const supergraph = edit(await readFile(composed, 'utf8'));
  const keyFile = temporaryKeyFile();
  const { url } = await startTestGateway({
    subgraphs,
    inProcess: subgraphs,
    env: {
      GATEWAY_EXECUTOR: executor,
      KEYS_FILE: keyFile,
      SUPERGRAPH_FILE: await writeTemporary(supergraph),
      ...env,
    },
  });
  return {
    url,
    supergraph,
    asked,
    /** Asks as nobody in particular. */
    ask: (query: string, variables?: object) => post(url, { query, variables }),
    /** Gives what asks with a key of such rights. The gateway has it already. */
    async as(rights: Partial<KeyRights>) {
      const { text } = await addKey(keyFile, rights);
      await untilTaken(url, showing(text));
      return (query: string, variables?: object) => post(url, { query, variables }, showing(text));
    },
  };
}

/** Servers notice a change of their key file by themselves. */
export async function untilTaken(url: string, headers: Record<string, string>): Promise<void> {
  for (;;) {
    const { status } = await post(url, { query: '{ __typename }' }, headers);
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The errors of a place that was denied. */
export const denied = (...path: (string | number)[]) => ({
  path,
  extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
});
