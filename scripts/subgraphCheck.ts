import { runCommand } from './runCommand.ts';
import { readSubgraph, subgraphFlags, subgraphHelp } from './subgraph/readSubgraph.ts';

const help = `Checks a subgraph against the graph, offline: whether it composes, what it changes for clients, whether
our gateway serves it, and how the running one answers.

Usage: npm run subgraph:check -- --name NAME --schema FILE [--url URL] [options]

${subgraphHelp}

Exit code: 0 it is good, 1 it is not, 2 wrong usage.`;

await runCommand({
  help,
  options: subgraphFlags,
  async run(flags) {
    const settings = await readSubgraph(flags);
    const { checkSubgraph } = await import('./subgraph/checkSubgraph.ts');
    const { printReport } = await import('./subgraph/printReport.ts');
    const report = await checkSubgraph(settings);
    console.log(flags.json ? JSON.stringify(report, null, 2) : printReport(report));
    return report.ok;
  },
});
