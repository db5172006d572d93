import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A script of the project that runs as a process of its own. */
export interface RunningScript {
  process: ChildProcess;
  /** All that it has printed so far. */
  output(): string;
  /** Resolves with the line once it has printed one that matches; fails when it ends without. */
  line(pattern: RegExp): Promise<string>;
  /** Resolves when it has ended, with its exit code or the signal that ended it. */
  ended: Promise<number | string>;
}

const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/**
 * Starts a script as `npm run` does. If it still runs when the tests end, it is killed.
 * @param env Settings beside those of the tests; `undefined` takes one away.
 */
export function startScript(
  script: string,
  env: Record<string, string | undefined> = {},
  args: readonly string[] = [],
): RunningScript {
  const child = spawn(process.execPath, ['scripts/run.cjs', script, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a process group of its own, as in a terminal
  });
  running.add(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  }
  const ended = once(child, 'close').then(() => {
    running.delete(child);
    return child.exitCode ?? child.signalCode ?? 'unknown';
  });
  const find = (pattern: RegExp) => text.split(/\n/).find((line) => pattern.test(line));

  return {
    process: child,
    output: () => text,
    ended,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = find(pattern);
          if (found !== undefined) resolve(found);
        };
        child.stdout.on('data', look);
        void ended.then(() => {
          look();
          reject(new Error(`${script} ended without a line ${pattern}:\n${text}`));
        });
        look();
      }),
  };
}
