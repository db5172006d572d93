import { parseArgs } from 'node:util';
import { readGatewayConfig } from '../gateway/config.ts';
import { UserError } from '../subgraphs/shared/UserError.ts';
import { never } from './database/Database.ts';
import { closesWithinMs } from './closesWithinMs.ts';
import { runService, type Service } from './runService.ts';
import { flagError } from './flagError.ts';

const help = `Serves a Federation 2 supergraph over its HTTP subgraphs.

Usage: npm run gateway -- [options]

  --supergraph FILE   the composed supergraph (SUPERGRAPH_FILE, schema/supergraph.graphql)
  --port NUMBER       where to listen; 0 picks any free port (PORT, 4000)
  --help              this text

All other settings come from the environment or a file .env: see .env.example.`;

/** `npm run gateway`: the gateway as a process of its own, over subgraphs that are reached by HTTP. */
async function start(flags: ReturnType<typeof readFlags>): Promise<Service> {
  const config = readGatewayConfig({
    ...process.env,
    ...(flags.supergraph !== undefined && { SUPERGRAPH_FILE: flags.supergraph }),
    ...(flags.port !== undefined && { PORT: flags.port }),
  });
  // Apollo takes seconds to load: not before the settings are known to be good.
  const { startGateway } = await import('../gateway/gateway.ts');
  const gateway = await startGateway(config);
  console.log(`ready ${gateway.url}`);
  return { lost: never, closesWithinMs: closesWithinMs(config.load), close: gateway.close };
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
    throw new UserError(`${flagError(error)}: see --help`, [], { cause: error });
  }
}

await runService(async () => {
  const flags = readFlags();
  if (!flags.help) return start(flags);
  console.log(help);
  return process.exit(0);
});
