import { createVouch } from '../../subgraphs/shared/authentication/vouch.ts';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import { createHttpTransport } from './http.ts';
import { createInProcessTransport, type InProcessSubgraph } from './inProcess.ts';
import { createByteBudget } from './createByteBudget.ts';
import { recordingSteps } from './recordingSteps.ts';
import { reporting } from './reporting.ts';
import { resilient, type FetchReport } from './resilient.ts';
import type { Transport, TransportLog } from './Transport.ts';
import { isHttpUrl, type TransportConfig } from './transportSettings.ts';
import { tracingFetches } from './tracingFetches.ts';
import { travellingTogether } from './travellingTogether.ts';
import { withinOperation } from './withinOperation.ts';

export interface TransportsSettings extends TransportConfig {
  /** All subgraphs of the supergraph. */
  subgraphs: readonly { name: string; url: string }[];
  /** Those that run in this process; the others are reached over HTTP. */
  inProcess: readonly InProcessSubgraph[];
  timeoutMs: number;
  responseLimitBytes: number;
  /** What the gateway signs with who asks; undefined where subgraphs take its word for nothing. */
  vouchSecret?: string;
  log: TransportLog;
  /** Told of each fetch when it has ended. */
  onFetch?: (fetch: FetchReport) => void;
}

/** One transport for each subgraph, by name. Throws when a subgraph can't be reached in any way. */
export function createTransports(settings: TransportsSettings): Map<string, Transport> {
  const { subgraphs, inProcess, timeoutMs, responseLimitBytes, vouchSecret, urls, log } = settings;
  const bytes = createByteBudget(settings.bytesInFlight);
  const local = new Map(inProcess.map((subgraph) => [subgraph.name, subgraph]));
  const stranger = inProcess.find(({ name }) => subgraphs.every((other) => other.name !== name));
  if (stranger) {
    throw new UserError(`the supergraph has no subgraph "${stranger.name}": compose it anew`);
  }
  const unknown = Object.keys(urls).filter((name) => subgraphs.every((each) => each.name !== name));
  if (unknown.length) {
    log.warn(
      { subgraphs: unknown },
      'SUBGRAPH_URLS names subgraphs that the supergraph does not have',
    );
  }
  const vouch = vouchSecret === undefined ? undefined : createVouch(vouchSecret);
  return new Map(
    subgraphs.map(({ name, url: composedUrl }) => {
      const url = urls[name] ?? composedUrl;
      const subgraph = local.get(name);
      if (subgraph) {
        const transport = createInProcessTransport({ subgraph, timeoutMs, log });
        const reported = reporting(transport, name, settings.onFetch);
        const traced = tracingFetches(withinOperation(reported, { ...settings, name }), name);
        return [name, recordingSteps(traced, name)];
      }
      if (!isHttpUrl(url)) {
        throw new UserError(
          `the supergraph gives no HTTP address for the subgraph "${name}": compose it with one, or name it in SUBGRAPH_URLS`,
        );
      }
      const transport = createHttpTransport({
        name,
        url,
        timeoutMs,
        responseLimitBytes,
        bytes,
        vouch,
        log,
      });
      const steady = resilient(transport, { ...settings, name });
      const traced = tracingFetches(withinOperation(steady, { ...settings, name }), name);
      return [name, recordingSteps(travellingTogether(traced), name)];
    }),
  );
}
