import { readFile } from 'node:fs/promises';
import { UsageError } from '../UsageError.ts';
import { graphFlags, graphHelp, graphSettings, readGraph, assertNotOurs } from './graph.ts';
import { assertName, assertUrl } from './partners.ts';
import type { CheckSettings } from './CheckSettings.ts';
import { readIds } from './readIds.ts';
import { fetchSdl } from './steps/checkService.ts';
import { required, wholeNumberFlag } from '../runCommand.ts';

/** Flags of the commands that check a subgraph. */
export const subgraphFlags = {
  ...graphFlags,
  name: { type: 'string' },
  schema: { type: 'string' },
  url: { type: 'string' },
  id: { type: 'string', multiple: true },
  operations: { type: 'string', multiple: true },
  timeout: { type: 'string' },
  'slow-ms': { type: 'string' },
  json: { type: 'boolean' },
} as const;

export const subgraphHelp = `  --name NAME         the name of the subgraph
  --schema FILE       its SDL; without it, what the running subgraph gives as _service is taken
  --url URL           where it runs: it is asked there
  --id TYPE=ID        a record that it knows, such as Organization=org-bo-cong-an; may be repeated
  --operations DIR    more saved operations that must keep working; may be repeated
  --timeout MS        how long it may take for an answer (5000)
  --slow-ms MS        answers that take longer get a warning (200)
${graphHelp}
  --json              the result as JSON
  --help              this text`;

interface SubgraphFlags {
  name?: string;
  schema?: string;
  url?: string;
  id?: string[];
  operations?: string[];
  timeout?: string;
  'slow-ms'?: string;
  graph?: string;
  supergraph?: string;
}

/**
 * Reads what is to be checked, by the flags of a command.
 * Rejects with a UsageError when they are wrong, and with a UserError when a subgraph that runs gives no SDL.
 */
export async function readSubgraph(flags: SubgraphFlags): Promise<CheckSettings> {
  const name = required(flags.name, '--name');
  assertName(name);
  assertNotOurs(name);
  const { url, schema } = flags;
  if (url !== undefined) assertUrl(url);
  if (schema === undefined && url === undefined) {
    throw new UsageError('give --schema FILE, or --url URL of the running subgraph, or both');
  }
  const timeoutMs = wholeNumberFlag(flags.timeout, '--timeout', 5_000);
  return {
    name,
    url,
    ids: readIds(flags.id ?? []),
    operationDirs: [
      process.env['OPERATIONS_DIR'] || 'schema/operations',
      ...(flags.operations ?? []),
    ],
    timeoutMs,
    slowMs: wholeNumberFlag(flags['slow-ms'], '--slow-ms', 200),
    source: schema ?? `${url} (_service)`,
    sdl: schema ? await readSdl(schema) : await fetchSdl({ url: url ?? '', timeoutMs }),
    graph: await readGraph(graphSettings(flags)),
  };
}

/** Reads a file of SDL. @throws UsageError when it can't be read. */
export async function readSdl(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} can't be read (${String(Reflect.get(Object(error), 'code'))})`);
  }
}
