import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';

/** How this process is. */
export interface Pressure {
  /** How late the event loop is on average, in milliseconds. */
  eventLoopLagMs: number;
  /** The part of the time in which it was busy, from 0 to 1. */
  eventLoopUtilization: number;
  heapUsedBytes: number;
  rssBytes: number;
}

export interface PressureLimits {
  /** 0: none. */
  eventLoopLagMs: number;
  /** 0: nine tenths of what the container allows, if it is one. */
  memoryMb: number;
}

/** What is beyond its limit. */
export type Excess = 'eventLoopLag' | 'memory';

const SAMPLE_MS = 500;
const RESOLUTION_MS = 20;
const AT_REST: Pressure = {
  eventLoopLagMs: 0,
  eventLoopUtilization: 0,
  heapUsedBytes: 0,
  rssBytes: 0,
};

/** The last two samples, the latest first: what lasts no longer than one is no pressure, but one long task. */
let samples: readonly [Pressure, Pressure] = [AT_REST, AT_REST];
let isSampling = false;

/** How this process was when it was looked at last, twice a second; all its servers share that. */
export function processPressure(): Pressure {
  if (!isSampling) startSampling();
  return samples[0];
}

/** What is beyond its limit, and not for a moment only. */
export function findExcess(limits: PressureLimits): Excess | undefined {
  processPressure();
  const { eventLoopLagMs, memoryMb } = limits;
  if (eventLoopLagMs && samples.every((sample) => sample.eventLoopLagMs > eventLoopLagMs)) {
    return 'eventLoopLag';
  }
  const rssLimit = memoryMb ? memoryMb * 1024 * 1024 : CONTAINER_LIMIT;
  const isFull = samples.every(
    ({ heapUsedBytes, rssBytes }) => heapUsedBytes > HEAP_LIMIT || rssBytes > rssLimit,
  );
  return isFull ? 'memory' : undefined;
}

const NEARLY_ALL = 0.9;
const HEAP_LIMIT = getHeapStatistics().heap_size_limit * NEARLY_ALL;
/** Where nothing is set, Node gives 0 or a number that no machine has. */
const CONTAINER_LIMIT = (process.constrainedMemory() || Infinity) * NEARLY_ALL;

function startSampling() {
  isSampling = true;
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  let utilization = performance.eventLoopUtilization();
  setInterval(() => {
    const { heapUsed, rss } = process.memoryUsage();
    const now = performance.eventLoopUtilization();
    const sample: Pressure = {
      // Each delay holds the time that the timer was to take anyway.
      eventLoopLagMs: Math.max(0, (delays.mean || 0) / 1e6 - RESOLUTION_MS),
      eventLoopUtilization: performance.eventLoopUtilization(now, utilization).utilization,
      heapUsedBytes: heapUsed,
      rssBytes: rss,
    };
    utilization = now;
    delays.reset();
    samples = [sample, samples[0]];
  }, SAMPLE_MS).unref();
}
