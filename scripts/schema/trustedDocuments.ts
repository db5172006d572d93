import { fileURLToPath } from 'node:url';
import { buildSchema, getOperationAST, print, validate } from 'graphql';
import { toSavedOperation } from '../../gateway/operations/SavedOperation.ts';
import { sha256 } from '../../gateway/policy/documents/Manifest.ts';
import { readOperations } from '../../gateway/operations/readOperations.ts';
import { UserError } from '../../subgraphs/shared/UserError.ts';

/**
 * The manifest of trusted documents, made of the saved operations: the form that Apollo's client tools write and
 * read. A document's text is as graphql-js prints it, so that neither comments nor layout change its id.
 * @param api The schema that clients see, as SDL.
 * @throws UserError when an operation is no good, does not fit the schema, or says nothing about itself.
 */
export async function generateManifest(folder: URL, api: string): Promise<string> {
  const schema = buildSchema(api);
  const operations = [...(await readOperations(fileURLToPath(folder)))].map(([file, text]) => {
    const { name, document, title } = toSavedOperation(file, text);
    const faults = validate(schema, document).map(({ message }) => message);
    const operation = getOperationAST(document);
    if (operation?.name?.value !== name) {
      faults.push(`it must hold one operation, and that must be called ${name}`);
    }
    if (!title) faults.push('its comment must begin with its title, in Vietnamese and English');
    if (faults.length) throw new UserError(`schema/operations/${file} is no good`, faults);
    const body = print(document);
    return { id: sha256(body), name, type: operation?.operation, body };
  });
  const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
