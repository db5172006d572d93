import { fileURLToPath } from 'node:url';
import {
  buildSchema,
  GraphQLError,
  Kind,
  parse,
  print,
  validate,
  type DocumentNode,
} from 'graphql';
import { sha256 } from '../../gateway/policy/documents/Manifest.ts';
import { readOperations } from '../../gateway/supergraph/readOperations.ts';
import { UserError } from '../../subgraphs/shared/UserError.ts';

/**
 * The manifest of trusted documents, made of the saved operations: the form that Apollo's client tools write and
 * read. A document's text is as graphql-js prints it, so that neither comments nor layout change its id.
 * @param api The schema that clients see, as SDL.
 * @throws UserError when an operation is no good: it must fit the schema and be the only one of its file, named as the file.
 */
export async function generateManifest(folder: URL, api: string): Promise<string> {
  const schema = buildSchema(api);
  const operations = [...(await readOperations(fileURLToPath(folder)))].map(([file, text]) => {
    const document = parseFile(file, text);
    const faults = validate(schema, document).map(({ message }) => message);
    const [operation, ...others] = document.definitions.filter(
      (definition) => definition.kind === Kind.OPERATION_DEFINITION,
    );
    const name = file.replace(/\.graphql$/, '');
    if (operation?.name?.value !== name || others.length) {
      faults.push(`it must hold one operation, and that must be called ${name}`);
    }
    if (!operation || faults.length) {
      throw new UserError(`schema/operations/${file} is no good`, faults);
    }
    const body = print(document);
    return { id: sha256(body), name, type: operation.operation, body };
  });
  const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function parseFile(file: string, text: string): DocumentNode {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new UserError(`schema/operations/${file} is no good`, [error.message]);
  }
}
