export interface DeadlineSettings {
  timeoutMs: number;
  /** Ends the waiting when it aborts. */
  signal?: AbortSignal;
}

/**
 * Does `work` and gives its result, but rejects with a `TimeoutError` after `timeoutMs`, or with the reason
 * of `signal` as soon as that aborts; `stop` is told that reason then. This is on the way of every fetch:
 * so it makes do with one timer and no signal of its own.
 */
export function withDeadline<T>(
  work: () => T | Promise<T>,
  { timeoutMs, signal }: DeadlineSettings,
  stop?: (reason: unknown) => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    signal?.throwIfAborted();
    const release = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    const giveUp = (reason: unknown) => {
      release();
      stop?.(reason);
      reject(reason instanceof Error ? reason : new Error(String(reason)));
    };
    const abort = () => giveUp(signal?.reason);
    const timer = setTimeout(
      () => giveUp(new DOMException(`no answer within ${timeoutMs} ms`, 'TimeoutError')),
      timeoutMs,
    );
    signal?.addEventListener('abort', abort);
    new Promise<T>((done) => done(work())).finally(release).then(resolve, reject);
  });
}
