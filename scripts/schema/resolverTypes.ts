import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as resolvers from '@graphql-codegen/typescript-resolvers';
import { visit, type DocumentNode } from 'graphql';
import { findRowTypes } from './rowTypes.ts';

/** Makes the module `__generated__/types.ts` of the subgraph in `folder`: the types of its resolvers. */
export async function generateResolverTypes(folder: URL, typeDefs: DocumentNode): Promise<string> {
  const rowTypes = findRowTypes(folder, typeDefs);
  const imports = new Map(
    [...rowTypes.values()].flatMap((row) => [...row.imports]).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const config: typescript.TypeScriptPluginConfig & resolvers.TypeScriptResolversPluginConfig = {
    federation: true,
    contextType: '../context.ts#Context',
    mappers: Object.fromEntries([...rowTypes].map(([name, { type }]) => [name, type])),
    scalars: { ID: 'string', PartialDate: 'string', JSON: 'unknown' },
    strictScalars: true,
    // Literal types that are values too: models take the words that a field may hold from them.
    enumsAsConst: true,
    namingConvention: { enumValues: 'keep' },
    avoidOptionals: { defaultValue: true },
    skipTypename: true,
    useTypeImports: true,
  };
  const generated = await codegen({
    filename: 'types.ts',
    schema: withoutDescriptions(typeDefs),
    documents: [],
    plugins: [{ typescript: {} }, { resolvers: {} }],
    pluginMap: { typescript, resolvers },
    // The SDL says itself where the directives of federation come from.
    config: { ...config, disableFederationDirectiveAndScalarInjection: true },
  });
  return [
    ...[...imports].map(([name, module]) => `import type { ${name} } from '${module}';`),
    // An argument with a default can still be given as null, whatever the generator thinks.
    generated.replace('[P in K]-?: NonNullable<T[P]>', '[P in K]-?: Exclude<T[P], undefined>'),
    '',
  ].join('\n');
}

/** Descriptions stay in the SDL: copies of them here would only make every change of a word larger. */
const withoutDescriptions = (document: DocumentNode): DocumentNode =>
  visit(document, {
    enter: (node) =>
      'description' in node && node.description ? { ...node, description: undefined } : undefined,
  });
