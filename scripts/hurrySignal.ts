import { stopSignals } from './untilStopped.ts';

/** Signals that come closer together are one: npm passes on what the terminal has already sent to all. */
const APART_MS = 1_000;

/** Aborts when this process is told to stop a second time. */
export function hurrySignal(): AbortSignal {
  const hurry = new AbortController();
  let first: number | undefined;
  for (const signal of stopSignals) {
    process.on(signal, () => {
      first ??= performance.now();
      if (performance.now() - first > APART_MS) hurry.abort();
    });
  }
  return hurry.signal;
}
