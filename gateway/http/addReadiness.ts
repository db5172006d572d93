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

/**
 * Serves `/readyz`: 200 when at least one subgraph answers, else 503; which do, and the supergraph that is
 * served, with the reason where its file is refused.
 */
export function addReadiness(
  app: FastifyInstance,
  { transports, supergraph, inProcess }: ReadinessParts,
): void {
  // Shared by all who ask at the same time, so that nobody can flood the subgraphs this way.
  let probing: Promise<Omit<Readiness, 'supergraph'>> | undefined;
  app.get('/readyz', async (_request, reply) => {
    probing ??= probe(transports(), inProcess).finally(() => (probing = undefined));
    const readiness: Readiness = { ...(await probing), supergraph: supergraph() };
    return reply.code(readiness.status === 'ready' ? 200 : 503).send(readiness);
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
