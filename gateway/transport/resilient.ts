import { setTimeout as pause } from 'node:timers/promises';
import { bulkhead, isBulkheadRejectedError } from 'cockatiel';
import { createBreaker } from './createBreaker.ts';
import { createRetryBudget } from './createRetryBudget.ts';
import { failedFetch, subgraphFault } from './subgraphFault.ts';
import {
  isMutation,
  logFor,
  type FetchOptions,
  type SubgraphRequest,
  type SubgraphResult,
  type Transport,
  type TransportLog,
} from './Transport.ts';
import type { TransportConfig } from './transportSettings.ts';
import { withDeadline } from './withDeadline.ts';

export interface ResilientSettings extends Pick<
  TransportConfig,
  'tries' | 'breakerFailures' | 'breakerPauseMs' | 'concurrency' | 'queue'
> {
  /** The name of the subgraph. */
  name: string;
  timeoutMs: number;
  log: TransportLog;
  /** Told of each fetch when it has ended; `code` is that of its fault. */
  onFetch?: ((fetch: FetchReport) => void) | undefined;
}

export interface FetchReport {
  subgraph: string;
  code: string | undefined;
  ms: number;
  /** How many requests reached for the subgraph; 0 when it was refused here. */
  tries: number;
}

const BASE_PAUSE_MS = 100;
/** A subgraph that wants a longer pause is not waited for. */
const LONGEST_PAUSE_MS = 1_000;
/** With less time left, a try has no chance. */
const LEAST_TIME_MS = 20;

/**
 * A transport that gets over short faults and keeps long ones short: reads that failed are tried again
 * within the time of the fetch and a budget, never mutations; a subgraph that stays ill is not asked for a
 * while; and so many fetches at most are under way, the next ones wait, more are refused.
 */
export function resilient(transport: Transport, settings: ResilientSettings): Transport {
  const { name, timeoutMs, log } = settings;
  const breaker = createBreaker({
    failures: settings.breakerFailures,
    pauseMs: settings.breakerPauseMs,
  });
  const budget = createRetryBudget();
  const lane = bulkhead(settings.concurrency, settings.queue);

  const tryOnce = async (request: SubgraphRequest, options: FetchOptions) => {
    const since = performance.now();
    breaker.enter();
    const before = breaker.state();
    const result = await transport.fetch(request, options);
    if (!result.fault) breaker.succeeded();
    else if (result.fault.isIllness) breaker.failed(since);
    else breaker.undecided();
    const after = breaker.state();
    if (after !== before && after !== 'half-open') {
      log.warn({ subgraph: name, breaker: after }, 'the breaker of a subgraph changed');
    }
    return result;
  };

  const refuse = (code: 'SUBGRAPH_UNAVAILABLE' | 'SUBGRAPH_OVERLOADED', request: SubgraphRequest) =>
    subgraphFault(code, name, 'refused without asking', log, {
      request,
      isUnsent: true,
      retryAfterMs: code === 'SUBGRAPH_UNAVAILABLE' ? breaker.pauseLeft() : 1_000,
    });

  /** Tries until an answer, a lasting fault or the end of time, patience or budget. */
  const tryAll = async (
    request: SubgraphRequest,
    options: FetchOptions,
    deadline: number,
    report: { tries: number },
  ): Promise<SubgraphResult> => {
    let last: SubgraphResult | undefined;
    for (;;) {
      options.signal?.throwIfAborted();
      const left = deadline - performance.now();
      if (left <= 0) throw new DOMException('its turn came too late', 'TimeoutError');
      if (!options.isProbe && breaker.pauseLeft() > 0) {
        return last ?? refuse('SUBGRAPH_UNAVAILABLE', request);
      }
      report.tries += 1;
      if (report.tries === 1) budget.deposit();
      last = await tryOnce(request, { ...options, timeoutMs: Math.max(1, Math.ceil(left)) });
      const { fault } = last;
      if (!fault?.isPassing || isMutation(request) || options.isProbe) return last;
      const longest = Math.min(LONGEST_PAUSE_MS, BASE_PAUSE_MS * 2 ** (report.tries - 1));
      const ms = fault.retryAfterMs ?? Math.random() * longest;
      const isTooLate = performance.now() + ms + LEAST_TIME_MS > deadline;
      if (report.tries >= settings.tries || ms > LONGEST_PAUSE_MS || isTooLate) return last;
      if (!budget.withdraw()) return last;
      await pause(ms, undefined, { signal: options.signal, ref: false });
    }
  };

  return {
    ...transport,
    state: () => ({
      breaker: breaker.state(),
      running: settings.concurrency - lane.executionSlots,
      waiting: settings.queue - lane.queueSlots,
    }),
    async fetch(request, options) {
      const start = performance.now();
      const report = { tries: 0 };
      const time = Math.min(timeoutMs, options.timeoutMs ?? timeoutMs);
      const signal = options.signal;
      const now = () => tryAll(request, options, start + time, report);
      const result = await (
        options.isProbe
          ? now()
          : lane.executionSlots > 0
            ? lane.execute(now)
            : // It may be over before its turn comes.
              withDeadline(() => lane.execute(now), { timeoutMs: time, signal })
      ).catch((error: unknown) =>
        isBulkheadRejectedError(error)
          ? refuse('SUBGRAPH_OVERLOADED', request)
          : failedFetch(
              signal?.aborted ? signal.reason : error,
              name,
              logFor(log, options),
              request,
            ),
      );
      const ms = performance.now() - start;
      if (!options.isProbe) {
        settings.onFetch?.({ subgraph: name, code: result.fault?.code, ms, tries: report.tries });
      }
      return result;
    },
  };
}
