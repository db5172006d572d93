import { parseArgs } from 'node:util';
import { readGatewayConfig } from './config.ts';
import { startGateway } from './gateway.ts';

const help = `Serves a Federation 2 supergraph over its HTTP subgraphs.

Usage: npm run gateway -- [options]

  --supergraph FILE   the composed supergraph (SUPERGRAPH_FILE, schema/supergraph.graphql)
  --port NUMBER       where to listen; 0 picks any free port (PORT, 4000)
  --help              this text

All other settings come from the environment, see .env.example.`;

async function main() {
  const { values: flags } = parseArgs({
    options: {
      supergraph: { type: 'string' },
      port: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (flags.help) {
    console.log(help);
    return;
  }
  const config = readGatewayConfig({
    ...process.env,
    ...(flags.supergraph !== undefined && { SUPERGRAPH_FILE: flags.supergraph }),
    ...(flags.port !== undefined && { PORT: flags.port }),
  });
  const gateway = await startGateway(config);

  const stop = () => void gateway.close().then(() => process.exit(0), fail);
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  console.log(`ready ${gateway.url}`);
}

function fail(error: unknown): never {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

main().catch(fail);
