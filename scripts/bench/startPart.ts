import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Message, Order, Reply, Usage } from './part.ts';
import type { PartSettings } from './parts/PartSettings.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A process of a variant. */
export interface Part {
  url: string;
  /** Carries out an order; gives what the process has used by then. */
  tell(order: Order): Promise<Usage>;
  stop(): Promise<void>;
}

/** Starts a process of a variant and waits until it serves. */
export async function startPart(
  settings: PartSettings,
  environment: Record<string, string>,
): Promise<Part> {
  const child = spawn(
    process.execPath,
    ['scripts/run.cjs', 'scripts/bench/part.ts', JSON.stringify(settings)],
    {
      cwd: root,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        APOLLO_TELEMETRY_DISABLED: 'true',
        PORT: '0',
        LOG_LEVEL: 'error',
        // Nothing but faults is to stand between the lines of progress.
        NODE_NO_WARNINGS: '1',
        // What is measured is never how long the database takes.
        SUBGRAPH_TIMEOUT_MS: '600000',
        ...(settings.supergraphFile ? { SUPERGRAPH_FILE: settings.supergraphFile } : {}),
        ...environment,
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  const waiting = new Map<number, (reply: Reply) => void>();
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the process ${settings.role} ended with ${code}`);
  });
  // Whoever waits for a reply learns of it; when nobody does, it was stopped.
  ended.catch(() => {});
  child.on('message', (reply: Reply) => {
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  const replyTo = (id: number) =>
    Promise.race([new Promise<Reply>((resolve) => waiting.set(id, resolve)), ended]);

  const { url = '' } = await replyTo(0);
  let last = 0;
  return {
    url,
    async tell(order) {
      last += 1;
      const replied = replyTo(last);
      const message: Message = { ...order, id: last };
      child.send(message);
      return (await replied).usage;
    },
    async stop() {
      child.kill('SIGKILL');
      await ended.catch(() => {});
    },
  };
}
