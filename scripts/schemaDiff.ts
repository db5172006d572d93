import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { buildASTSchema, parse, Source, type GraphQLSchema } from 'graphql';
import { runCommand } from './runCommand.ts';
import { composeSubgraphs } from './schema/composition.ts';
import { composedServices } from './schema/generatedFiles.ts';
import { describeUse, findApiChanges, type ApiChange } from './subgraph/apiChanges.ts';
import { readSdl } from './subgraph/readSubgraph.ts';
import { UsageError } from './UsageError.ts';

const help = `Compares two API schemas, and says which changes break saved operations.

Usage: npm run schema:diff -- [options]

  --from FILE         the API schema of before (schema/api.graphql as it is in the last commit)
  --to FILE           the API schema of after (composed from the subgraphs as they are)
  --operations DIR    more saved operations that must keep working; may be repeated
  --json              the result as JSON
  --help              this text

Exit code: 0 no saved operation breaks, 1 one does, 2 wrong usage.`;

await runCommand({
  help,
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    operations: { type: 'string', multiple: true },
    json: { type: 'boolean' },
  },
  async run({ from, to, operations = [], json }) {
    const before = from ? await readSdl(from) : await committedApi();
    const after = to ? await readSdl(to) : composeSubgraphs(composedServices()).api;
    const changes = await findApiChanges(
      toSchema(before, from ?? 'HEAD:schema/api.graphql'),
      toSchema(after, to ?? 'the composed API'),
      [process.env['OPERATIONS_DIR'] || 'schema/operations', ...operations],
    );
    const ok = !changes.some(({ level, uses }) => level === 'breaking' && uses.length);
    console.log(json ? JSON.stringify({ ok, changes }, null, 2) : print(changes));
    return ok;
  },
});

function print(changes: readonly ApiChange[]): string {
  if (!changes.length) return 'no changes';
  return (['breaking', 'dangerous', 'safe'] as const)
    .flatMap((wanted) => changes.filter(({ level }) => level === wanted))
    .map(({ level, text, uses }) => {
      const used = uses.map(describeUse).join(', ');
      const tail = used
        ? `: used by ${used}`
        : level === 'breaking'
          ? ': no saved operation uses it'
          : '';
      return `${level.padEnd(9)}  ${text}${tail}`;
    })
    .join('\n');
}

async function committedApi(): Promise<string> {
  try {
    const git = promisify(execFile)('git', ['show', 'HEAD:schema/api.graphql'], {
      maxBuffer: 64 * 1024 * 1024,
    });
    return (await git).stdout;
  } catch (error) {
    throw new UsageError('there is no last commit to compare with: name a file with --from', [], {
      cause: error,
    });
  }
}

function toSchema(sdl: string, source: string): GraphQLSchema {
  try {
    return buildASTSchema(parse(new Source(sdl, source)), { assumeValidSDL: true });
  } catch (error) {
    throw new UsageError(`${source} is no API schema: ${String(error)}`, [], { cause: error });
  }
}
