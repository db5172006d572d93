import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readGatewayConfig } from './config.ts';

const help = `Serves a Federation 2 supergraph over its HTTP subgraphs.

Usage: npm run gateway -- [options]

  --supergraph FILE   the composed supergraph (SUPERGRAPH_FILE, schema/supergraph.graphql)
  --port NUMBER       where to listen; 0 picks any free port (PORT, 4000)
  --help              this text

All other settings come from the environment or a file .env: see .env.example.`;

async function main() {
  const flags = readFlags();
  if (flags.help) {
    console.log(help);
    return;
  }
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = readGatewayConfig({
    ...process.env,
    ...(flags.supergraph !== undefined && { SUPERGRAPH_FILE: flags.supergraph }),
    ...(flags.port !== undefined && { PORT: flags.port }),
  });
  // Apollo takes seconds to load: not before the settings are known to be good.
  const { startGateway } = await import('./gateway.ts');
  const gateway = await startGateway(config);

  console.log(`ready ${gateway.url}`);

  await stopSignal();
  await gateway.close();
}

function readFlags() {
  try {
    return parseArgs({
      options: {
        supergraph: { type: 'string' },
        port: { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    // Node explains at length how such a flag could be passed as a positional.
    const [reason] = String(error instanceof Error ? error.message : error).split('. ');
    throw new Error(`${reason}: see --help`, { cause: error });
  }
}

/** Resolves when this process is told to stop. Further signals change nothing: npm repeats what a terminal sent. */
function stopSignal(): Promise<unknown> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, resolve);
  });
}

function fail(error: unknown): never {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

main().then(() => process.exit(0), fail);
