/**
 * Resolves when this process is told to stop: by Ctrl-C, SIGTERM, or a terminal that is closed.
 * Further signals change nothing: npm passes on what the terminal has already sent.
 */
export function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, resolve);
  });
}
