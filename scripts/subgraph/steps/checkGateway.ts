import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema, type DocumentNode } from 'graphql';
import { readGatewayConfig } from '../../../gateway/config.ts';
import { startGateway } from '../../../gateway/gateway.ts';
import type { ComposedService } from '../../schema/composition.ts';
import { UserError } from '../../../subgraphs/shared/UserError.ts';
import { askSubgraph } from '../askSubgraph.ts';
import type { CheckSettings, Compositions } from '../CheckSettings.ts';
import { servicesOf } from '../graph.ts';
import { createMock } from '../mock/createMock.ts';
import { createProbe } from '../probe.ts';
import { error, note, stepResult, type Message, type StepResult } from '../StepResult.ts';

/** Errors that say that not everybody may read a field: no fault of it. */
const protectedCodes = new Set<unknown>([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'UNAUTHORIZED_FIELD_OR_TYPE',
]);

/**
 * Starts our gateway on a free port with the graph as it would be, and asks it for fields of the subgraph. The
 * other subgraphs answer with made-up data; so does the subgraph itself when it does not run.
 */
export async function checkGateway(
  settings: CheckSettings,
  { after }: Compositions,
  typeDefs: DocumentNode,
): Promise<StepResult> {
  const { name, url, graph, ids, timeoutMs } = settings;
  const probe = createProbe(typeDefs, buildSchema(after.api), ids);
  const others = servicesOf(graph).filter((service) => service.name !== name);
  const mocked: Pick<ComposedService, 'name' | 'typeDefs'>[] = url
    ? others
    : [...others, { name, typeDefs }];
  const folder = await mkdtemp(join(tmpdir(), 'check-'));
  try {
    const file = join(folder, 'supergraph.graphql');
    await writeFile(file, after.supergraph);
    const gateway = await startGateway(
      readGatewayConfig({
        PORT: '0',
        LOG_LEVEL: 'silent',
        SUPERGRAPH_FILE: file,
        OPERATIONS_DIR: folder,
        LAST_GOOD_DIR: join(folder, 'last-good'),
        SUBGRAPH_TIMEOUT_MS: String(timeoutMs),
      }),
      {
        inProcess: mocked.map((service) =>
          createMock(service.name, service.typeDefs, { ids, preferred: probe?.types }),
        ),
      },
    );
    try {
      const query = probe?.query ?? '{ __typename }';
      const answer = await askSubgraph({ url: gateway.url, timeoutMs: timeoutMs * 2 }, query);
      const messages = answer.errors.map(({ message, path = [], extensions }): Message => {
        const text = `${fieldAt(path, probe?.fields)}: ${message}`;
        return protectedCodes.has(extensions?.['code'])
          ? note(`${text} (it is protected, and was asked for without a key)`)
          : error(text);
      });
      if (messages.some(({ level }) => level === 'error'))
        messages.push(note(`the query was ${query}`));
      return stepResult('gateway', [
        ...messages,
        note(
          probe
            ? `our gateway asked ${url ?? 'made-up data'} for ${probe.fields.join(', ')}`
            : 'our gateway loads it; none of its fields can be reached without arguments',
        ),
      ]);
    } finally {
      await gateway.close();
    }
  } catch (reason) {
    if (!(reason instanceof UserError) && !(reason instanceof Error)) throw reason;
    return stepResult('gateway', [error(`our gateway does not load it: ${reason.message}`)]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The field of the subgraph that an error is about: the aliases of the query count them. */
function fieldAt([first]: unknown[], fields: readonly string[] = []): string {
  return fields[Number(String(first).slice(1))] ?? 'the query';
}
