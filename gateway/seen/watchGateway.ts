import type { Metrics } from '../../subgraphs/shared/seen/createMetrics.ts';
import type { DocumentState } from '../policy/documents/createDocumentPolicy.ts';
import type { ResponseCacheState } from '../policy/responses/createResponseCache.ts';
import type { SupergraphState } from '../supergraph/followSupergraph.ts';
import type { Transport } from '../transport/Transport.ts';

/** What is looked at whenever somebody asks. */
export interface GatewayParts {
  transports(): ReadonlyMap<string, Transport>;
  supergraph(): SupergraphState;
  documents(): DocumentState;
  responses(): ResponseCacheState;
  /** How many entries each cache has, by its name. */
  caches: Readonly<Record<string, () => number>>;
}

/** Lets metrics tell how a gateway stands: its ways to subgraphs, its supergraph, its documents and caches. */
export function watchGateway(metrics: Metrics, parts: GatewayParts): void {
  watchTransports(metrics, parts);
  watchSupergraph(metrics, parts);
  watchDocuments(metrics, parts);
  watchResponses(metrics, parts);
  metrics.gauge('antq_cache_entries', 'What is kept for later requests', () =>
    Object.entries(parts.caches).map(([cache, size]) => ({ labels: { cache }, value: size() })),
  );
}

function watchTransports({ gauge }: Metrics, { transports }: GatewayParts) {
  const states = () =>
    [...transports()].flatMap(([subgraph, transport]) => {
      const state = transport.state?.();
      return state ? [{ subgraph, ...state }] : [];
    });
  gauge(
    'antq_breaker_open',
    'Of subgraphs over HTTP: 1 while the breaker is open, 0.5 while one fetch tries again, else 0',
    () =>
      states().map(({ subgraph, breaker }) => ({
        labels: { subgraph },
        value: { closed: 0, 'half-open': 0.5, open: 1 }[breaker],
      })),
    'max',
  );
  gauge('antq_fetches_running', 'Fetches from subgraphs over HTTP that are under way', () =>
    states().map(({ subgraph, running }) => ({ labels: { subgraph }, value: running })),
  );
  gauge('antq_fetches_waiting', 'Fetches from subgraphs over HTTP that wait for their turn', () =>
    states().map(({ subgraph, waiting }) => ({ labels: { subgraph }, value: waiting })),
  );
}

function watchSupergraph({ gauge }: Metrics, { supergraph }: GatewayParts) {
  const seconds = (time: string | undefined) => (time === undefined ? 0 : Date.parse(time) / 1_000);
  gauge('antq_supergraph_info', 'How many processes serve this version of the supergraph', () => [
    { labels: { version: supergraph().version }, value: 1 },
  ]);
  gauge(
    'antq_supergraph_served_since_seconds',
    'When the supergraph that is served took over, in Unix time',
    () => [{ labels: {}, value: seconds(supergraph().servedSince) }],
    'max',
  );
  gauge(
    'antq_supergraph_refused_since_seconds',
    'When the supergraph in the file was refused, in Unix time; 0 when it is the one that is served',
    () => [{ labels: {}, value: seconds(supergraph().refused?.at) }],
    'max',
  );
}

function watchDocuments({ gauge, total }: Metrics, { documents }: GatewayParts) {
  gauge(
    'antq_trusted_documents',
    'Documents in the manifests',
    () => [{ labels: {}, value: documents().trusted }],
    'max',
  );
  total(
    'antq_untrusted_requests_total',
    'Requests for documents that are in no manifest: carried out (mode report) or refused (enforce)',
    () => {
      const { untrusted, refused } = documents();
      return [
        { labels: { outcome: 'carried_out' }, value: untrusted },
        { labels: { outcome: 'refused' }, value: refused },
      ];
    },
  );
}

function watchResponses({ gauge, total }: Metrics, { responses }: GatewayParts) {
  gauge('antq_response_cache_bytes', 'What the kept answers take', () => [
    { labels: {}, value: responses().bytes },
  ]);
  total(
    'antq_response_cache_total',
    'Queries that may be answered from the response cache, by whether they were',
    () => {
      const { hits, misses } = responses();
      return [
        { labels: { result: 'hit' }, value: hits },
        { labels: { result: 'miss' }, value: misses },
      ];
    },
  );
}
