import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startTestGateway, temporaryFolder } from '../kit.ts';
import { createCatalogue, type CatalogueSettings } from './catalogue.ts';

/** Serves a catalogue, in the gateway's process, and these saved operations. */
export async function startTables(
  settings: CatalogueSettings,
  operations: Record<string, string>,
  env: Record<string, string> = {},
) {
  const folder = temporaryFolder();
  await mkdir(folder);
  for (const [name, text] of Object.entries(operations)) {
    await writeFile(join(folder, `${name}.graphql`), text);
  }
  const subgraphs = [createCatalogue(settings)];
  return startTestGateway({
    subgraphs,
    inProcess: subgraphs,
    env: { OPERATIONS_DIR: folder, ...env },
  });
}
