const LOOK_EVERY_MS = 500;

/** Ctrl-C, SIGTERM, and a terminal that is closed. */
export const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Resolves when this process is told to stop: by Ctrl-C, SIGTERM, or a terminal that is closed. Further
 * signals change nothing: npm passes on what the terminal has already sent to all.
 * A script that npm runs also stops when npm has gone without a word, killed for instance.
 */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of stopSignals) process.on(signal, () => resolve());

    if (!process.env['npm_lifecycle_event']) return;
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) resolve();
    }, LOOK_EVERY_MS).unref();
  });
}
