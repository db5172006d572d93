import { join } from 'node:path';
import { UserError } from '../subgraphs/shared/UserError.ts';
import { readSupergraph } from '../gateway/supergraph/readSupergraph.ts';
import { runCommand } from './runCommand.ts';
import { createContract } from './schema/contract/createContract.ts';
import { writeWhole } from '../subgraphs/shared/writeWhole.ts';
import { UsageError } from './UsageError.ts';

const help = `Writes a supergraph, and its API schema, of which clients see only what has a @tag.

Usage: npm run schema:contract -- --tag partner [options]

  --tag NAME          a field is seen when it or its type has this tag; may be repeated
  --exclude NAME      whatever has this tag is not seen; may be repeated
  --supergraph FILE   what to make it of (SUPERGRAPH_FILE, schema/supergraph.graphql)
  --out DIR           where to write supergraph.graphql and api.graphql (DATA_DIR/contracts/NAME)
  --json              the result as JSON
  --help              this text

Exit code: 0 it was written, 1 the tags make no API, 2 wrong usage.`;

await runCommand({
  help,
  options: {
    tag: { type: 'string', multiple: true },
    exclude: { type: 'string', multiple: true },
    supergraph: { type: 'string' },
    out: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run({ tag: include = [], exclude = [], supergraph: file, out, json }) {
    const [name] = include;
    if (name === undefined) throw new UsageError('--tag is missing: see --help');
    const source = file ?? (process.env['SUPERGRAPH_FILE'] || 'schema/supergraph.graphql');
    const { sdl } = await readSupergraph(source);
    if (!sdl.includes('@tag(')) {
      throw new UserError(
        `nothing in ${source} has a @tag: import "@tag" in a subgraph and use it`,
      );
    }
    const { supergraph, api } = createContract(sdl, { include, exclude });
    const folder = out ?? join(process.env['DATA_DIR'] || '.data', 'contracts', name);
    const header = `# Made by npm run schema:contract from ${source}. Do not edit.\n`;
    const files = {
      supergraph: join(folder, 'supergraph.graphql'),
      api: join(folder, 'api.graphql'),
    };
    await writeWhole(files.supergraph, `${header}${supergraph.trimEnd()}\n`);
    await writeWhole(files.api, `${header}${api.trimEnd()}\n`);
    console.log(
      json
        ? JSON.stringify({ ok: true, ...files }, null, 2)
        : `wrote ${files.supergraph}\nwrote ${files.api}\nserve it:  SUPERGRAPH_FILE=${files.supergraph} npm start`,
    );
    return true;
  },
});
