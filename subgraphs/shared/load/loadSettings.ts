import { z } from 'zod';
import { wholeNumber } from '../settings.ts';

/** How much a server takes on at once, and how long it waits for clients. */
export interface LoadConfig {
  /** GraphQL requests that are carried out at once. */
  concurrentRequests: number;
  /** How many more wait for their turn, and for how long at most. */
  queuedRequests: number;
  queueTimeoutMs: number;
  /** How much of all that one client may have, in per cent. */
  clientSharePercent: number;
  /** Above these requests are turned away; 0: however much it is. */
  eventLoopLagMs: number;
  memoryMb: number;
  /** Large bodies that are being read, and large answers that are not read yet, all together. */
  bodiesTotalMb: number;
  answersTotalMb: number;
  /** Streams of events that are open at once: in all, and for one client. */
  liveStreams: number;
  liveStreamsPerClient: number;
  connections: number;
  connectionsPerAddress: number;
  headersTimeoutMs: number;
  requestTimeoutMs: number;
  keepAliveTimeoutMs: number;
  /** How long a client may take nothing of its answer. */
  answerTimeoutMs: number;
  /** How long a server that is told to stop goes on as before, but for saying that it is not ready. */
  shutdownDelayMs: number;
  /** How long requests in flight may take then. */
  shutdownGraceMs: number;
}

/** Settings of every server, by the names that they have in the environment. */
export const loadSettings = {
  MAX_CONCURRENT_REQUESTS: wholeNumber(1, 100_000).default(256),
  MAX_QUEUED_REQUESTS: wholeNumber(0, 100_000).default(512),
  QUEUE_TIMEOUT_MS: wholeNumber(1, 600_000).default(2_000),
  CLIENT_SHARE_PERCENT: wholeNumber(1, 100).default(75),
  MAX_EVENT_LOOP_LAG_MS: wholeNumber(0, 600_000).default(500),
  MAX_MEMORY_MB: wholeNumber(0, 10_000_000).default(0),
  BODIES_TOTAL_MB: wholeNumber(1, 100_000).default(64),
  ANSWERS_TOTAL_MB: wholeNumber(1, 100_000).default(256),
  MAX_LIVE_STREAMS: wholeNumber(0, 1_000_000).default(1_000),
  MAX_LIVE_STREAMS_PER_CLIENT: wholeNumber(0, 1_000_000).default(50),
  MAX_CONNECTIONS: wholeNumber(1, 1_000_000).default(4_096),
  MAX_CONNECTIONS_PER_ADDRESS: wholeNumber(1, 1_000_000).default(2_048),
  HEADERS_TIMEOUT_MS: wholeNumber(100, 600_000).default(5_000),
  REQUEST_TIMEOUT_MS: wholeNumber(100, 3_600_000).default(30_000),
  // Load balancers keep idle connections for 60 s: ours must last longer, or they meet closed ones.
  KEEP_ALIVE_TIMEOUT_MS: wholeNumber(100, 3_600_000).default(65_000),
  ANSWER_TIMEOUT_MS: wholeNumber(100, 3_600_000).default(20_000),
  SHUTDOWN_DELAY_MS: wholeNumber(0, 600_000).default(0),
  SHUTDOWN_GRACE_MS: wholeNumber(0, 3_600_000).default(10_000),
};

const environment = z.object(loadSettings);

/** The settings of load, from values that were checked. */
export const toLoadConfig = (settings: z.output<typeof environment>): LoadConfig => ({
  concurrentRequests: settings.MAX_CONCURRENT_REQUESTS,
  queuedRequests: settings.MAX_QUEUED_REQUESTS,
  queueTimeoutMs: settings.QUEUE_TIMEOUT_MS,
  clientSharePercent: settings.CLIENT_SHARE_PERCENT,
  eventLoopLagMs: settings.MAX_EVENT_LOOP_LAG_MS,
  memoryMb: settings.MAX_MEMORY_MB,
  bodiesTotalMb: settings.BODIES_TOTAL_MB,
  answersTotalMb: settings.ANSWERS_TOTAL_MB,
  liveStreams: settings.MAX_LIVE_STREAMS,
  liveStreamsPerClient: settings.MAX_LIVE_STREAMS_PER_CLIENT,
  connections: settings.MAX_CONNECTIONS,
  connectionsPerAddress: settings.MAX_CONNECTIONS_PER_ADDRESS,
  headersTimeoutMs: settings.HEADERS_TIMEOUT_MS,
  requestTimeoutMs: settings.REQUEST_TIMEOUT_MS,
  keepAliveTimeoutMs: settings.KEEP_ALIVE_TIMEOUT_MS,
  answerTimeoutMs: settings.ANSWER_TIMEOUT_MS,
  shutdownDelayMs: settings.SHUTDOWN_DELAY_MS,
  shutdownGraceMs: settings.SHUTDOWN_GRACE_MS,
});

/** What holds where nothing is set. */
export const DEFAULT_LOAD: LoadConfig = toLoadConfig(environment.parse({}));
