import { once } from 'node:events';

/**
 * Does `work` and gives its result, but rejects with a `TimeoutError` after `timeoutMs`, or with the
 * reason of `signal` as soon as that aborts. Work is told by the signal that it gets.
 */
export async function withDeadline<T>(
  work: (signal: AbortSignal) => T | Promise<T>,
  { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal },
): Promise<T> {
  signal?.throwIfAborted();
  const deadline = new AbortController();
  const timer = setTimeout(
    () => deadline.abort(new DOMException(`no answer within ${timeoutMs} ms`, 'TimeoutError')),
    timeoutMs,
  );
  const abort = () => deadline.abort(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work(deadline.signal), rejectOnAbort(deadline.signal)]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

async function rejectOnAbort(signal: AbortSignal): Promise<never> {
  await once(signal, 'abort');
  throw signal.reason;
}
