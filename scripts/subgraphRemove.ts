import { buildSchema } from 'graphql';
import { UserError } from '../subgraphs/shared/UserError.ts';
import { runCommand } from './runCommand.ts';
import { describeUse, findApiChanges } from './subgraph/apiChanges.ts';
import {
  graphFiles,
  graphFlags,
  graphHelp,
  graphSettings,
  readGraph,
  servicesOf,
  withoutPartner,
} from './subgraph/graph.ts';
import { removePartner } from './subgraph/partners.ts';
import { composeSubgraphs } from './schema/composition.ts';
import { describeSaved, saveGraph } from './subgraph/saveGraph.ts';
import { UsageError } from './UsageError.ts';

const help = `Takes a partner's subgraph out of the graph, and writes the supergraph without it.

Usage: npm run subgraph:remove -- NAME [options]

  --force             even when saved operations need it
  --operations DIR    more saved operations that must keep working; may be repeated
${graphHelp}
  --json              the result as JSON
  --help              this text

Exit code: 0 it was removed, 1 saved operations need it, and nothing was written, 2 wrong usage.`;

await runCommand({
  help,
  options: {
    ...graphFlags,
    force: { type: 'boolean' },
    operations: { type: 'string', multiple: true },
    json: { type: 'boolean' },
  },
  words: ['NAME'],
  async run(flags, [name = '']) {
    const settings = graphSettings(flags);
    const graph = await readGraph(settings);
    const partner = graph.partners.find((each) => each.name === name);
    if (!partner) {
      const names = graph.partners.map((each) => each.name).join(', ') || 'there are none';
      throw new UsageError(
        `there is no partner "${name}" in ${graphFiles(settings.folder).partners}: ${names}`,
      );
    }
    const after = composeSubgraphs(servicesOf(withoutPartner(graph, name)));
    const changes = await findApiChanges(
      buildSchema(composeSubgraphs(servicesOf(graph)).api),
      buildSchema(after.api),
      [process.env['OPERATIONS_DIR'] || 'schema/operations', ...(flags.operations ?? [])],
    );
    const needed = changes.filter(({ level, uses }) => level === 'breaking' && uses.length);
    if (needed.length && !flags.force) {
      throw new UserError(`saved operations need "${name}"; nothing was written`, [
        ...needed.map(({ text, uses }) => `${text}: breaks ${uses.map(describeUse).join(', ')}`),
        'change those operations first, or remove it all the same with --force',
      ]);
    }
    const undo = await removePartner(graphFiles(settings.folder).partners, partner);
    const kept = await saveGraph(settings.folder, after);
    console.log(
      flags.json
        ? JSON.stringify({ name, ok: true, broken: needed, kept, undo }, null, 2)
        : describeSaved(settings.folder, kept, undo),
    );
    return true;
  },
});
