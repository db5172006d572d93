import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { RunningServer } from '../../subgraphs/shared/http/serveGraphQL.ts';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import { readGatewayConfig } from '../../gateway/config.ts';
import { startGateway } from '../../gateway/gateway.ts';
import { versionOf } from '../../gateway/supergraph/followSupergraph.ts';
import { readSupergraph } from '../../gateway/supergraph/readSupergraph.ts';
import { composeSubgraphs } from '../schema/composition.ts';
import type { AskSettings } from './askSubgraph.ts';
import { servicesOf, withPartner, type Graph } from './graph.ts';
import { checkSchema } from './steps/checkSchema.ts';
import { fetchSdl } from './steps/checkService.ts';
import { writeWhole } from '../../subgraphs/shared/writeWhole.ts';

/** Ten seconds and more: a subgraph that is away takes a second of each look. */
const SERVED_LOOKS = 100;

export interface DevelopSettings extends AskSettings {
  name: string;
  graph: Graph;
  /** Where the gateway listens. */
  port: number;
  /** Where the supergraph is written. */
  folder: string;
  everyMs: number;
  log(line: string): void;
}

/**
 * Serves the graph with a subgraph that is being written: whenever its SDL changes, the graph is composed anew,
 * and the gateway follows. While the SDL does not fit, or the subgraph is away, the last good graph stays.
 * Rejects when the first one does not fit.
 */
export async function developWith(
  settings: DevelopSettings,
): Promise<Pick<RunningServer, 'url' | 'close'>> {
  const { name, folder, port, everyMs, log } = settings;
  const file = join(folder, 'supergraph.graphql');
  let sdl = await fetchSdl(settings);
  await writeWhole(file, await compose(settings, sdl));
  const gateway = await serve(file, port, process.env);
  let trouble = '';
  let isClosed = false;

  const look = async () => {
    const next = await fetchSdl(settings);
    if (next !== sdl) {
      const supergraph = await compose(settings, next);
      await tryOut(supergraph);
      await writeWhole(file, supergraph);
      await untilServed(gateway.url, file);
      sdl = next;
      log(`the graph has the changed schema of "${name}"`);
    } else if (trouble) log(`"${name}" is as the graph has it again`);
    trouble = '';
  };
  const watch = async () => {
    while (!isClosed) {
      await setTimeout(everyMs);
      await look().catch((error: unknown) => {
        const text = describe(error);
        if (text !== trouble) log(`the last good graph stays: ${text}`);
        trouble = text;
      });
    }
  };
  const watching = watch();
  return {
    url: gateway.url,
    async close() {
      isClosed = true;
      await watching;
      await gateway.close();
    },
  };
}

/** Composes the graph with this SDL. Rejects with a UserError that says why when it does not fit. */
async function compose({ name, url, graph }: DevelopSettings, sdl: string): Promise<string> {
  const { ok, messages } = checkSchema(sdl, `${url} (_service)`);
  if (!ok) throw new UserError(messages.map(({ text }) => text).join('\n'));
  return composeSubgraphs(servicesOf(withPartner(graph, { name, url, sdl }))).supergraph;
}

const serve = (file: string, port: number, env: NodeJS.ProcessEnv): Promise<RunningServer> =>
  startGateway(
    readGatewayConfig({
      ...env,
      PORT: String(port),
      SUPERGRAPH_FILE: file,
      LAST_GOOD_DIR: join(dirname(file), 'last-good'),
    }),
  );

/** Rejects when our gateway does not load this supergraph: so the reason is told here, not in its log. */
async function tryOut(supergraph: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'develop-'));
  try {
    const file = join(folder, 'supergraph.graphql');
    await writeWhole(file, supergraph);
    await (await serve(file, 0, { LOG_LEVEL: 'silent', OPERATIONS_DIR: folder })).close();
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The gateway looks at its file now and then: this waits until it serves what is written there. */
async function untilServed(url: string, file: string): Promise<void> {
  const version = versionOf(await readSupergraph(file));
  for (let look = 0; look < SERVED_LOOKS; look++) {
    const response = await fetch(new URL('/readyz', url));
    const { supergraph: state } = (await response.json()) as {
      supergraph: { version: string; refused?: { reason: string } };
    };
    if (state.version === version) return;
    if (state.refused) throw new UserError(state.refused.reason);
    await setTimeout(100);
  }
  throw new UserError('the gateway does not take the changed graph: see its log');
}

const describe = (error: unknown): string =>
  error instanceof UserError
    ? [error.message, ...error.hints.map((hint) => `  ${hint}`)].join('\n')
    : String(error);
