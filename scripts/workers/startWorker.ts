import cluster, { type Worker } from 'node:cluster';
import { READY } from './say.ts';

/** A worker that has been started. */
export interface StartedWorker {
  worker: Worker;
  /** Resolves with what it has said when it is ready; rejects when it ends before. */
  ready: Promise<string[]>;
  /** Resolves, with how it ended, when it has. */
  ended: Promise<string>;
}

/** Starts one more process of this very script, with these settings beside those of the environment. */
export function startWorker(env: Record<string, string>): StartedWorker {
  const worker = cluster.fork(env);
  const said: string[] = [];
  const ended = new Promise<string>((resolve) => {
    worker.once('exit', (code: number | null, signal: string | null) =>
      resolve(signal ? `ended by ${signal}` : `ended with exit code ${code}`),
    );
    // What could not even be started has no exit.
    worker.once('error', (error) => resolve(error.message));
  });
  const ready = new Promise<string[]>((resolve, reject) => {
    worker.on('message', (message: { said?: unknown }) => {
      if (typeof message.said !== 'string') return;
      said.push(message.said);
      if (message.said.startsWith(READY)) resolve(said);
    });
    void ended.then((how) => reject(new Error(how)));
  });
  ready.catch(() => undefined);
  return { worker, ready, ended };
}
