import { join } from 'node:path';
import type { RunningServer } from '../../subgraphs/shared/graphqlServer.ts';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import { readGatewayConfig } from '../../gateway/config.ts';
import { startGateway } from '../../gateway/gateway.ts';
import { composeSubgraphs } from '../schema/composition.ts';
import type { AskSettings } from './askSubgraph.ts';
import { servicesOf, withPartner, type Graph } from './graph.ts';
import { checkSchema } from './steps/checkSchema.ts';
import { fetchSdl } from './steps/checkService.ts';
import { writeWhole } from './writeWhole.ts';

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
 * Serves the graph with a subgraph that is being written: whenever its SDL changes, the graph is composed anew.
 * While the SDL does not fit, or the subgraph is away, the last good graph stays.
 * Rejects when the first one does not fit.
 */
export async function developWith(settings: DevelopSettings): Promise<RunningServer> {
  const { everyMs, log } = settings;
  let sdl = await fetchSdl(settings);
  let gateway = await serve(settings, await compose(settings, sdl));
  let trouble = '';
  let isClosed = false;

  const look = async () => {
    const next = await fetchSdl(settings);
    if (next === sdl && !trouble) return;
    const supergraph = await compose(settings, next);
    if (next !== sdl) {
      // On a port of its own first: what our gateway refuses must not take the last good one away.
      await (await serve({ ...settings, port: 0 }, supergraph)).close();
      await gateway.close();
      const { port } = new URL(gateway.url);
      gateway = await serve({ ...settings, port: Number(port) }, supergraph);
      sdl = next;
      log(`the graph has the changed schema of "${settings.name}"`);
    } else log(`"${settings.name}" is as the graph has it again`);
    trouble = '';
  };
  const watch = async () => {
    while (!isClosed) {
      await new Promise((resolve) => setTimeout(resolve, everyMs));
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

async function serve(
  { folder, port }: DevelopSettings,
  supergraph: string,
): Promise<RunningServer> {
  const file = join(folder, port === 0 ? 'candidate.graphql' : 'supergraph.graphql');
  await writeWhole(file, supergraph);
  return startGateway(
    readGatewayConfig({ ...process.env, PORT: String(port), SUPERGRAPH_FILE: file }),
  );
}

const describe = (error: unknown): string =>
  error instanceof UserError
    ? [error.message, ...error.hints.map((hint) => `  ${hint}`)].join('\n')
    : String(error);
