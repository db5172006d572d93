import { GraphQLError, parse, Source } from 'graphql';
import { UserError } from '../subgraphs/shared/UserError.ts';
import { never } from './database/Database.ts';
import { readCommandLine, required, wholeNumberFlag } from './runCommand.ts';
import { runService, type Service } from './runService.ts';
import { serveMock } from './subgraph/mock/serveMock.ts';
import { readIds } from './subgraph/readIds.ts';
import { readSdl } from './subgraph/readSubgraph.ts';

const help = `Serves a subgraph's SDL with made-up data: every record that is asked for is there, and the same id always
gives the same values.

Usage: npm run subgraph:mock -- --schema FILE [options]

  --schema FILE   the SDL
  --port NUMBER   where to listen; 0 picks any free port (4010)
  --id TYPE=ID    an id that records of the type have; may be repeated
  --help          this text`;

const options = {
  schema: { type: 'string' },
  port: { type: 'string' },
  id: { type: 'string', multiple: true },
} as const;

async function start(): Promise<Service> {
  const { flags } = readCommandLine({ help, options });
  const file = required(flags.schema, '--schema');
  const port = wholeNumberFlag(flags.port, '--port', 4010);
  const ids = readIds(flags.id ?? []);
  const sdl = await readSdl(file);
  try {
    const server = await serveMock('mock', parse(new Source(sdl, file)), { port, ids });
    console.log(`ready ${server.url}`);
    return { lost: never, close: server.close };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new UserError(`${file} is no SDL of a subgraph: ${error.message}`);
  }
}

await runService(start);
