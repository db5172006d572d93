import { z } from 'zod';
import { wholeNumber } from '../../subgraphs/shared/settings.ts';

/** How faults of subgraphs are dealt with. */
export interface TransportConfig {
  /** How long all fetches of one operation may take together. */
  operationTimeoutMs: number;
  /** How often a read is tried at most, the first time included. */
  tries: number;
  /** So many failures in a row make the gateway stop asking; 0: it always asks. */
  breakerFailures: number;
  /** How long nobody asks then, before one fetch tries again. */
  breakerPauseMs: number;
  /** How many fetches of one subgraph are under way at once. */
  concurrency: number;
  /** How many more wait for their turn; the next ones are refused. */
  queue: number;
  /** How many bytes of answers are being read at once, from all subgraphs over HTTP. */
  bytesInFlight: number;
  /** Where subgraphs are reached that are somewhere else than the supergraph says, by name. */
  urls: Readonly<Record<string, string>>;
}

/** `name=url`, with commas between them. */
const subgraphUrls = z.string().transform((text, { issues }) => {
  const items = text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
  return Object.fromEntries(
    items.map((input) => {
      const [, name = '', url = ''] = /^([^=]+?)\s*=\s*(.*)$/.exec(input) ?? [];
      if (!isHttpUrl(url)) {
        const message = `"${input}" is not a subgraph and its address, such as campaigns=http://127.0.0.1:4002/graphql`;
        issues.push({ code: 'custom', input, message });
      }
      return [name, url];
    }),
  );
});

/** Whether a subgraph can be asked at an address. */
export const isHttpUrl = (url: string): boolean =>
  URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

/** By the names that the settings have in the environment. */
export const transportSettings = {
  SUBGRAPH_URLS: subgraphUrls.default({}),
  OPERATION_TIMEOUT_MS: wholeNumber(1, 600_000).optional(),
  SUBGRAPH_TRIES: wholeNumber(1, 10).default(4),
  SUBGRAPH_BREAKER_FAILURES: wholeNumber(0, 1_000).default(5),
  SUBGRAPH_BREAKER_PAUSE_MS: wholeNumber(1, 600_000).default(1_000),
  SUBGRAPH_CONCURRENCY: wholeNumber(1, 10_000).default(256),
  SUBGRAPH_QUEUE: wholeNumber(0, 100_000).default(1_000),
  SUBGRAPH_RESPONSES_TOTAL_MB: wholeNumber(1, 100_000).default(256),
};

type Checked = z.output<z.ZodObject<typeof transportSettings>>;

export const toTransportConfig = (
  settings: Checked & { SUBGRAPH_TIMEOUT_MS: number },
): TransportConfig => ({
  operationTimeoutMs:
    settings.OPERATION_TIMEOUT_MS ?? Math.max(30_000, settings.SUBGRAPH_TIMEOUT_MS),
  tries: settings.SUBGRAPH_TRIES,
  breakerFailures: settings.SUBGRAPH_BREAKER_FAILURES,
  breakerPauseMs: settings.SUBGRAPH_BREAKER_PAUSE_MS,
  concurrency: settings.SUBGRAPH_CONCURRENCY,
  queue: settings.SUBGRAPH_QUEUE,
  bytesInFlight: settings.SUBGRAPH_RESPONSES_TOTAL_MB * 1024 * 1024,
  urls: settings.SUBGRAPH_URLS,
});
