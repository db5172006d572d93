import { readFileSync } from 'node:fs';
import { startScript, type RunningScript } from '../helpers/startScript.ts';
import { cleanUp, composeFile, createSubgraph, serve, temporaryFolder } from '../gateway/kit.ts';

export const QUERY = '{ books { title } }';
export const EXPECTED = '{"data":{"books":[{"title":"Số đỏ"}]}}';

const books = createSubgraph(
  'books',
  'type Query { books: [Book!]! } type Book { title: String! }',
  {
    Query: { books: () => [{ title: 'Số đỏ' }] },
  },
);

/** The file of a supergraph with one subgraph that runs in this process. */
export const createSupergraph = async (): Promise<string> =>
  composeFile([{ ...books, url: await serve(books) }]);

/** A gateway as a process of its own, or several. */
export interface GatewayProcess {
  script: RunningScript;
  url: string;
  origin: string;
  lastGoodDir: string;
}

/** Starts `npm run gateway` over the supergraph in `file`. */
export async function startGatewayProcess(
  file: string,
  env: Record<string, string> = {},
): Promise<GatewayProcess> {
  const lastGoodDir = temporaryFolder();
  const settings = { PORT: '0', LOG_LEVEL: 'warn', LAST_GOOD_DIR: lastGoodDir, ...env };
  const script = startScript('scripts/gateway.ts', settings, ['--supergraph', file]);
  cleanUp(async () => {
    script.process.kill('SIGKILL');
    await script.ended;
  });
  const url = (await script.line(/^ready /)).replace('ready ', '');
  return { script, url, origin: new URL(url).origin, lastGoodDir };
}

/** The processes that a process has started, by id. */
export function childrenOf({ process: { pid = 0 } }: RunningScript): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text.trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Whether a process is there. */
export function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
