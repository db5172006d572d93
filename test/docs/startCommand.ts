import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface CommandSettings {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
}

/** A command of a page that goes on until it is told to stop. */
export interface RunningCommand {
  pid: number;
  output(): string;
  /** Resolves when it has printed this; fails, with all that it has printed, when it ends before. */
  until(pattern: RegExp): Promise<void>;
  /** Resolves with its exit code when it and all that it has started have ended. */
  ended: Promise<number | null>;
  /** Tells it, and all that it has started, to stop, and waits until they have. */
  stop(): Promise<void>;
}

/** Starts a command in a shell that stops at the first fault. */
export function startCommand(
  command: string,
  { env = process.env, cwd }: CommandSettings = {},
): RunningCommand {
  const child = spawn('bash', ['-e', '-c', command], {
    env,
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a process group of its own, as in a terminal
  });
  let text = '';
  const looking = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      for (const look of looking) look();
    });
  }
  const ended = once(child, 'close').then(() => child.exitCode);
  const pid = child.pid ?? 0;
  return {
    pid,
    output: () => text,
    ended,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (pattern.test(text)) resolve();
        };
        looking.add(look);
        look();
        void ended.then(() => reject(new Error(`${command} ended:\n${text}`)));
      }),
    async stop() {
      if (pid && child.exitCode === null && child.signalCode === null)
        process.kill(-pid, 'SIGTERM');
      await ended;
    },
  };
}
