import { join } from 'node:path';
import { never } from './database/Database.ts';
import { readCommandLine, required, wholeNumberFlag } from './runCommand.ts';
import { runService, type Service } from './runService.ts';
import {
  assertNotOurs,
  graphFlags,
  graphHelp,
  graphSettings,
  readGraph,
} from './subgraph/graph.ts';
import { assertName, assertUrl } from './subgraph/partners.ts';

const help = `Serves the whole graph with a subgraph that you are writing: yours over HTTP, the others where they run. When
your schema changes the graph follows; while it does not fit, the last good one stays.

Usage: npm run subgraph:dev -- --name NAME --url URL [options]

  --name NAME         the name of your subgraph
  --url URL           where it runs
  --port NUMBER       where the gateway listens; 0 picks any free port (4100)
  --every MS          how often your schema is looked at (1000)
  --timeout MS        how long your subgraph may take for that (5000)
${graphHelp}
  --help              this text`;

const options = {
  ...graphFlags,
  name: { type: 'string' },
  url: { type: 'string' },
  port: { type: 'string' },
  every: { type: 'string' },
  timeout: { type: 'string' },
} as const;

async function start(): Promise<Service> {
  const { flags } = readCommandLine({ help, options });
  const name = required(flags.name, '--name');
  const url = required(flags.url, '--url');
  assertName(name);
  assertNotOurs(name);
  assertUrl(url);
  const settings = graphSettings(flags);
  const graph = await readGraph(settings);
  const { developWith } = await import('./subgraph/developWith.ts');
  const gateway = await developWith({
    name,
    url,
    graph,
    port: wholeNumberFlag(flags.port, '--port', 4100),
    everyMs: wholeNumberFlag(flags.every, '--every', 1_000),
    timeoutMs: wholeNumberFlag(flags.timeout, '--timeout', 5_000),
    folder: join(settings.folder, 'dev'),
    log: console.log,
  });
  console.log(`ready ${gateway.url}`);
  return { lost: never, close: gateway.close };
}

await runService(start);
