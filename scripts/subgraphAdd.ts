import { required, runCommand } from './runCommand.ts';
import { graphFiles, graphSettings, servicesOf, withPartner } from './subgraph/graph.ts';
import { writePartner } from './subgraph/partners.ts';
import { readSubgraph, subgraphFlags, subgraphHelp } from './subgraph/readSubgraph.ts';

const help = `Checks a subgraph, and when it is good makes it part of the graph, or puts it in the place of the one of
that name: keeps its SDL, and writes the supergraph with it.

Usage: npm run subgraph:add -- --name NAME --url URL [--schema FILE] [options]

  --offline           check it without asking the running one
${subgraphHelp}

Exit code: 0 it was added, 1 it is not good, and nothing was written, 2 wrong usage.`;

await runCommand({
  help,
  options: { ...subgraphFlags, offline: { type: 'boolean' } },
  async run({ offline, ...flags }) {
    const url = required(flags.url, '--url');
    const settings = await readSubgraph(flags);
    const { name, sdl, graph } = settings;
    const { checkSubgraph } = await import('./subgraph/checkSubgraph.ts');
    const { printReport } = await import('./subgraph/printReport.ts');
    const report = await checkSubgraph({ ...settings, url: offline ? undefined : url });
    if (!flags.json) console.log(`${printReport(report)}\n`);
    if (!report.ok) {
      console.log(flags.json ? JSON.stringify(report, null, 2) : 'nothing was written');
      return false;
    }
    const { composeSubgraphs } = await import('./schema/composition.ts');
    const { saveGraph, describeSaved } = await import('./subgraph/saveGraph.ts');
    const { folder } = graphSettings(flags);
    const partner = { name, url, sdl };
    const composition = composeSubgraphs(servicesOf(withPartner(graph, partner)));
    const restore = await writePartner(graphFiles(folder).partners, partner);
    const kept = await saveGraph(folder, composition);
    const undo = restore ?? `npm run subgraph:remove -- ${name}`;
    const { supergraph } = graphFiles(folder);
    console.log(
      flags.json
        ? JSON.stringify({ ...report, supergraph, kept, undo }, null, 2)
        : describeSaved(folder, kept, undo),
    );
    return true;
  },
});
