import type { FastifyInstance } from 'fastify';
import { ANYONE } from '../../subgraphs/shared/Viewer.ts';
import type { Transport } from '../transport/Transport.ts';

/** Which subgraphs answer, and whether the gateway is of any use: with one of them, some queries work. */
export interface Readiness {
  status: 'ready' | 'unready';
  subgraphs: Record<string, 'up' | 'down'>;
}

const PROBE_TIMEOUT_MS = 1_000;

/** Serves `/readyz`: 200 when at least one subgraph answers, else 503; and which do. */
export function addReadiness(
  app: FastifyInstance,
  transports: ReadonlyMap<string, Transport>,
): void {
  // Shared by all who ask at the same time, so that nobody can flood the subgraphs this way.
  let probing: Promise<Readiness> | undefined;
  app.get('/readyz', async (_request, reply) => {
    probing ??= probe(transports).finally(() => (probing = undefined));
    const readiness = await probing;
    return reply.code(readiness.status === 'ready' ? 200 : 503).send(readiness);
  });
}

async function probe(transports: ReadonlyMap<string, Transport>): Promise<Readiness> {
  const states = await Promise.all(
    [...transports].map(async ([name, transport]) => {
      const { data } = await transport.fetch(
        { query: '{ __typename }' },
        {
          clientRequest: {},
          viewer: ANYONE,
          signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
        },
      );
      return [name, data ? 'up' : 'down'] as const;
    }),
  );
  const someWork = states.some(([, state]) => state === 'up');
  return { status: someWork ? 'ready' : 'unready', subgraphs: Object.fromEntries(states) };
}
