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
  /** The databases of the subgraphs, which are down without them, as far as they tell. */
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

type State = 'up' | 'down';

async function probe(
  transports: ReadonlyMap<string, Transport>,
  inProcess: readonly InProcessSubgraph[],
) {
  const asks = new Map(inProcess.map(({ name, isReady }) => [name, isReady]));
  const found = await Promise.all(
    [...transports].map(async ([name, transport]) => {
      const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS);
      const [{ data }, database] = await Promise.all([
        transport.fetch(
          { query: '{ __typename }' },
          { clientRequest: {}, viewer: ANYONE, isProbe: true, signal },
        ),
        databaseOf(transport, asks.get(name), signal),
      ]);
      const state: State = data && database !== 'down' ? 'up' : 'down';
      return { name, state, database };
    }),
  );
  const someWork = found.some(({ state }) => state === 'up');
  const breakers = [...transports].flatMap(([name, transport]) => {
    const breaker = transport.state?.().breaker ?? 'closed';
    return breaker === 'closed' ? [] : [[name, breaker] as const];
  });
  const databases = found.flatMap(({ name, database }) => (database ? [[name, database]] : []));
  return {
    status: someWork ? ('ready' as const) : ('unready' as const),
    subgraphs: Object.fromEntries(found.map(({ name, state }) => [name, state])),
    ...(breakers.length > 0 && { breakers: Object.fromEntries(breakers) }),
    ...(databases.length > 0 && {
      database: Object.fromEntries(databases) as Record<string, State>,
    }),
  };
}

async function databaseOf(
  transport: Transport,
  isReady: InProcessSubgraph['isReady'],
  signal: AbortSignal,
): Promise<State | undefined> {
  const isUp = await isReady?.();
  if (isUp !== undefined) return isUp ? 'up' : 'down';
  return transport.database?.(signal);
}
