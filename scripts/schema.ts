import { parseArgs } from 'node:util';
import { UserError } from '../subgraphs/shared/UserError.ts';
import { runMain } from './runMain.ts';
import { findStaleFiles, writeStaleFiles } from './schema/generatedFiles.ts';

// npm run schema: writes what is made from the schemas of the subgraphs.
// With --check it writes nothing and fails when one of these files is stale.
await runMain(async () => {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  if (!values.check) {
    for (const path of await writeStaleFiles()) console.log(path);
    return;
  }
  const stale = await findStaleFiles();
  if (stale.length) throw new UserError(`stale, run npm run schema: ${stale.join(', ')}`);
});
