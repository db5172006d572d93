import { codegen } from '@graphql-codegen/core';
import * as operationsPlugin from '@graphql-codegen/typescript-operations';
import { getOperationAST, OperationTypeNode, parse, print } from 'graphql';
import { toSavedOperation } from '../../gateway/operations/SavedOperation.ts';

/**
 * Makes a module of saved operations for a page that asks them: for each its text, with the types of its variables and
 * its answer. The text is the one that has an id in the manifest of trusted documents.
 * @param files The operations by the names of their files.
 * @param api The schema that clients see, as SDL.
 */
export async function generateOperations(
  files: ReadonlyMap<string, string>,
  api: string,
): Promise<string> {
  const operations = [...files].map(([file, text]) => toSavedOperation(file, text));
  const config = {
    scalars: { ID: 'string', PartialDate: 'string' },
    enumType: 'string-literal',
    skipTypename: true,
  };
  const types = await codegen({
    filename: 'operations.ts',
    schema: parse(api),
    documents: operations.map(({ name, document }) => ({ location: name, document })),
    plugins: [{ operations: {} }],
    pluginMap: { operations: operationsPlugin },
    config,
  });
  const constants = operations.map(({ name, document }) => {
    const query = print(document).replace(/[`\\]|\$\{/g, '\\$&');
    const isSubscription = getOperationAST(document)?.operation === OperationTypeNode.SUBSCRIPTION;
    const kind = isSubscription ? 'Subscription' : 'Query';
    return `export const ${name}: Operation<${name}${kind}, ${name}${kind}Variables> = {
  operationName: '${name}',
  query: \`${query}\`,
};`;
  });
  return [
    "import type { Operation } from '../../shared/askGraph.ts';",
    types,
    ...constants,
    '',
  ].join('\n\n');
}
