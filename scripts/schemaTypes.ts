import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import { buildSubgraph } from '@apollo/federation-internals';
import { GraphQLError, parse, Source } from 'graphql';
import { UserError } from '../subgraphs/shared/UserError.ts';
import { required, runCommand } from './runCommand.ts';
import { readSdl } from './subgraph/readSubgraph.ts';
import { writeWhole } from '../subgraphs/shared/writeWhole.ts';

const help = `Writes the types of a schema as TypeScript, for those who ask it.

Usage: npm run schema:types -- --schema FILE --out FILE

  --schema FILE   an API schema or a subgraph's SDL, such as schema/campaigns.graphql
  --out FILE      where to write them, such as types.ts
  --help          this text`;

await runCommand({
  help,
  options: { schema: { type: 'string' }, out: { type: 'string' } },
  async run(flags) {
    const file = required(flags.schema, '--schema');
    const out = required(flags.out, '--out');
    const sdl = await readSdl(file);
    try {
      // A subgraph's SDL becomes a complete schema so, and an API schema stays what it is.
      const complete = buildSubgraph('types', '', parse(new Source(sdl, file))).toString();
      const text = await codegen({
        filename: out,
        schema: parse(complete),
        documents: [],
        plugins: [{ typescript: {} }],
        pluginMap: { typescript },
        config: { scalars: { ID: 'string', PartialDate: 'string' }, enumsAsTypes: true },
      });
      await writeWhole(out, `// Made by npm run schema:types from ${file}. Do not edit.\n${text}`);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      throw new UserError(`${file} is no schema: ${error.message}`);
    }
    console.log(`wrote ${out}`);
    return true;
  },
});
