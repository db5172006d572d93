import cluster from 'node:cluster';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import type { LogLevel } from '../../subgraphs/shared/settings.ts';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import { startWorker, type StartedWorker } from './startWorker.ts';

export interface WorkersSettings {
  count: number;
  /** What workers find in their environment beside what is there. */
  env: Record<string, string>;
  /** How long one may take to close. */
  closesWithinMs: number;
  logLevel: LogLevel;
}

/** Processes that share ports, and nothing else. */
export interface Workers {
  /** What each of them said until it was ready. */
  said: string[];
  /** Resolves, with one line that says why, when they end again and again. */
  lost: Promise<string>;
  close(hurry: AbortSignal): Promise<void>;
}

const RUN = fileURLToPath(new URL('../run.cjs', import.meta.url));

/** A worker that ends sooner than this after it was ready has failed. */
const STEADY_MS = 10_000;
/** So many that fail in a row, each in the place of the last, would go on failing. */
const MAX_FAILURES = 5;
const FIRST_PAUSE_MS = 200;

/**
 * Runs this script in so many workers, and puts a new one in the place of each that ends. The first one starts alone,
 * so that what has to be done once is done. SIGUSR2 puts a new one in the place of each, one after the other.
 * Rejects when the first one does not start.
 */
export async function superviseWorkers({
  count,
  env,
  closesWithinMs,
  logLevel,
}: WorkersSettings): Promise<Workers> {
  cluster.setupPrimary({ exec: RUN, args: process.argv.slice(1) });
  const log = pino({ level: logLevel }, pino.destination({ fd: 2, sync: true }));
  const places: StartedWorker[] = [];
  let isClosing = false;
  let lose: (line: string) => void = () => {};
  const lost = new Promise<string>((resolve) => (lose = resolve));

  const alive = new Set<StartedWorker>();
  const launch = (): StartedWorker => {
    const started = startWorker(env);
    alive.add(started);
    void started.ended.then(() => alive.delete(started));
    return started;
  };

  /** Keeps a place taken, whatever happens to who is in it, until somebody else takes it. */
  const keep = async (place: number, first: StartedWorker) => {
    let failures = 0;
    let current = first;
    const isOurs = () => !isClosing && places[place] === current;
    places[place] = current;
    for (;;) {
      const since = await current.ready.then(
        () => performance.now(),
        () => Infinity,
      );
      const how = await current.ended;
      if (!isOurs()) return;
      failures = performance.now() - since < STEADY_MS ? failures + 1 : 0;
      log.error({ worker: current.worker.id, failures }, `a worker has ${how}`);
      if (failures >= MAX_FAILURES) {
        lose(`workers end again and again, the last one has ${how}: their log says why`);
        return;
      }
      if (failures > 1) await sleep(FIRST_PAUSE_MS * 2 ** (failures - 2));
      if (!isOurs()) return;
      current = launch();
      places[place] = current;
    }
  };

  const first = launch();
  const said = await first.ready.catch((error: unknown) => {
    throw new UserError('the first worker has not started', [], { cause: error });
  });
  void keep(0, first);
  const others = Array.from({ length: count - 1 }, launch);
  others.forEach((started, index) => void keep(index + 1, started));
  await Promise.allSettled(others.map(({ ready }) => ready));

  const replaceAll = async () => {
    for (let place = 0; place < count && !isClosing; place++) {
      const next = launch();
      try {
        await next.ready;
      } catch (error) {
        if (!isClosing)
          log.error({ err: error }, 'a new worker has not started: the old ones stay');
        return;
      }
      const previous = places[place];
      void keep(place, next);
      if (previous?.worker.isConnected()) previous.worker.send('retire');
    }
    log.info({ workers: count }, 'all workers are new');
  };
  let replacing: Promise<void> | undefined;
  process.on('SIGUSR2', () => {
    replacing ??= replaceAll().finally(() => (replacing = undefined));
  });

  return {
    said,
    lost,
    async close(hurry) {
      isClosing = true;
      const workers = [...alive];
      for (const { worker } of workers) worker.process.kill('SIGTERM');
      const tellAll = () => {
        for (const { worker } of workers) if (worker.isConnected()) worker.send('hurry');
      };
      if (hurry.aborted) tellAll();
      hurry.addEventListener('abort', tellAll);
      const timer = setTimeout(() => {
        for (const { worker } of workers) worker.process.kill('SIGKILL');
      }, closesWithinMs);
      await Promise.all(workers.map(({ ended }) => ended));
      clearTimeout(timer);
    },
  };
}
