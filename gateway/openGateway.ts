import type { FastifyBaseLogger } from 'fastify';
import type { DocumentStore } from '../subgraphs/shared/http/createDocumentStore.ts';
import type { GatewayConfig } from './config.ts';
import { createGateway, type Gateway } from './execution/createGateway.ts';
import type { ServedGraph } from './execution/createServedGraph.ts';
import { createCostPolicy } from './policy/cost/createCostPolicy.ts';
import type { SavedOperation } from './operations/SavedOperation.ts';
import type { ResponseCache } from './policy/responses/createResponseCache.ts';
import type { GatewayMetrics } from './seen/createGatewayMetrics.ts';
import { followSupergraph, type FollowedSupergraph } from './supergraph/followSupergraph.ts';
import { createTransports } from './transport/createTransports.ts';
import type { InProcessSubgraph } from './transport/inProcess.ts';

export interface GatewayParts {
  inProcess: readonly InProcessSubgraph[];
  operations: readonly SavedOperation[];
  /** Saved operations that fit the graph are kept here as known. */
  documents: DocumentStore;
  responses: ResponseCache;
  metrics: GatewayMetrics;
  log: FastifyBaseLogger;
}

/** Opens the gateway over what the file of the supergraph holds, now and later. Rejects when it can't be served. */
export async function openGateway(
  config: GatewayConfig,
  { inProcess, operations, documents, responses, metrics, log }: GatewayParts,
): Promise<{ gateway: Gateway; supergraph: FollowedSupergraph }> {
  const settings = {
    ...config,
    // The stock executor can't tell who asks: it shows plans to everybody or to nobody.
    queryPlans: config.queryPlans === 'all',
    responses,
    mostCharacters: config.answerLimitMb * 1024 * 1024,
    defaultAgeS: config.responses.defaultAgeS,
    cost: createCostPolicy(config.cost, metrics.onCost),
    watch: metrics.plans,
    onJoined: metrics.onJoined,
    connect: ({ subgraphs }: { subgraphs: readonly { name: string; url: string }[] }) =>
      createTransports({
        ...config.transport,
        subgraphs,
        inProcess,
        timeoutMs: config.subgraphTimeoutMs,
        responseLimitBytes: config.subgraphResponseLimitMb * 1024 * 1024,
        vouchSecret: config.authentication.vouchSecret,
        log,
        onFetch: metrics.onFetch,
      }),
    // One that does not fit does no harm: another graph may be served.
    prepare({ own, fits }: ServedGraph) {
      for (const { document } of operations) {
        if (!fits(document)) continue;
        for (const reason of own?.warmUp(document) ?? []) {
          log.debug({ err: reason }, 'a saved operation is not prepared');
        }
        documents.keep(document);
      }
    },
    log,
  };
  let gateway: Gateway | undefined;
  const supergraph = await followSupergraph({
    file: config.supergraphFile,
    lastGoodDir: config.lastGoodDir,
    async serve(read) {
      if (gateway) gateway.replace(read);
      else gateway = await createGateway({ ...settings, supergraph: read });
    },
    log,
  });
  if (!gateway) throw new Error('no supergraph is served');
  return { gateway, supergraph };
}
