import type { FastifyInstance } from 'fastify';
import { ANYONE } from '../../subgraphs/shared/Viewer.ts';
import type { SupergraphState } from '../supergraph/followSupergraph.ts';
import type { InProcessSubgraph } from '../transport/inProcess.ts';
import type { Transport, TransportState } from '../transport/Transport.ts';

/** Which subgraphs answer, and whether the gateway is of any use: with one of them, some queries work. */
export interface Readiness {
  status: 'ready' | 'unready';
  subgraphs: Record<string, 'up' | 'down'>;
  /** Of subgraphs whose breaker is not closed, its state. */
  breakers?: Record<string, TransportState['breaker']>;
  /** The databases of the subgraphs in this process, which are down without them. */
  database?: Record<string, 'up' | 'down'>;
  supergraph: SupergraphState;
}

export interface ReadinessParts {
  transports(): ReadonlyMap<string, Transport>;
  supergraph(): SupergraphState;
  inProcess: readonly InProcessSubgraph[];
}

const PROBE_TIMEOUT_MS = 1_000;

/** Makes what finds out how the subgraphs, their databases and the supergraph are. */
export function createReadiness({
  transports,
  supergraph,
  inProcess,
}: ReadinessParts): () => Promise<Readiness> {
  // Shared by all who ask at the same time, so that nobody can flood the subgraphs this way.
  let probing: Promise<Omit<Readiness, 'supergraph'>> | undefined;
  return async () => {
    probing ??= probe(transports(), inProcess).finally(() => (probing = undefined));
    return { ...(await probing), supergraph: supergraph() };
  };
}

/**
 * Serves `/readyz`: 200 when at least one subgraph answers, else 503; which do, and the supergraph that is
 * served, with the reason where its file is refused.
 */
export function addReadiness(app: FastifyInstance, readiness: () => Promise<Readiness>): void {
  app.get('/readyz', async (_request, reply) => {
    const found = await readiness();
    return reply.code(found.status === 'ready' ? 200 : 503).send(found);
  });
}

async function probe(
  transports: ReadonlyMap<string, Transport>,
  inProcess: readonly InProcessSubgraph[],
) {
  const ready = await Promise.all(
    inProcess.map(async ({ name, isReady }) => [name, await isReady?.()] as const),
  );
  const databases = Object.fromEntries(
    ready.flatMap(([name, isUp]) =>
      isUp === undefined ? [] : [[name, isUp ? ('up' as const) : ('down' as const)]],
    ),
  );
  const states = await Promise.all(
    [...transports].map(async ([name, transport]) => {
      const { data } = await transport.fetch(
        { query: '{ __typename }' },
        {
          clientRequest: {},
          viewer: ANYONE,
          isProbe: true,
          signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
        },
      );
      return [name, data && databases[name] !== 'down' ? 'up' : 'down'] as const;
    }),
  );
  const someWork = states.some(([, state]) => state === 'up');
  const status = someWork ? ('ready' as const) : ('unready' as const);
  const breakers = [...transports].flatMap(([name, transport]) => {
    const breaker = transport.state?.().breaker ?? 'closed';
    return breaker === 'closed' ? [] : [[name, breaker] as const];
  });
  return {
    status,
    subgraphs: Object.fromEntries(states),
    ...(breakers.length > 0 ? { breakers: Object.fromEntries(breakers) } : {}),
    ...(ready.some(([, isUp]) => isUp !== undefined) && { database: databases }),
  };
}
