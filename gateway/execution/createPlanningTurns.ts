import { setTimeout as sleep } from 'node:timers/promises';
import { withinTime } from './withinTime.ts';

/** Work that waits for its turn. */
export interface Planning<T extends object> {
  /** How much is asked for: the fields and fragments of the operation, each use of a fragment counted. */
  size: number;
  /** Who asks. */
  client: string;
  /** Aborted when nobody waits for it any more. */
  signal?: AbortSignal | undefined;
  /** What can't be asked to stop, and keeps all others waiting. */
  work(): T;
}

/** Plans one operation after the other. */
export interface PlanningTurns {
  /**
   * Does the work when its turn has come, and ends it when it takes too long for its size.
   * Rejects with what the work throws, OutOfTime when it was ended, NoTurn when its turn did not come in time or nobody
   * waits for it any more.
   */
  take<T extends object>(planning: Planning<T>): Promise<T>;
}

/** There is more to plan than can be planned. */
export class NoTurn extends Error {}

/** Golden questions took 3 ms for the median and 58 ms at most, and the first plan of a process 25 ms for anything. */
const LEAST_MS = 400;
/** Operations as large as the limits allow took 1 to 2 ms for each field. */
const MS_FOR_EACH = 3;
const MOST_MS = 1_000;

/** After work that was longer than this, all others get some time. */
const LONG_MS = 100;
const MOST_REST_MS = 300;
const MOST_WAITING = 100;
const MOST_WAIT_MS = 3_000;

interface Waiting {
  size: number;
  client: string;
  begin(): void;
  giveUp(): void;
}

/**
 * Makes turns for what keeps the whole process waiting: one piece of work at a time, and a rest after each long one, so
 * that requests that need no planning are answered meanwhile, however many ask for more than can be planned. The next
 * turn has whose client has least waiting, and then what asks for least.
 */
export function createPlanningTurns(): PlanningTurns {
  const waiting = new Set<Waiting>();
  let isTaken = false;

  const next = () => {
    const [first] = inOrder();
    isTaken = first !== undefined;
    first?.begin();
  };
  const inOrder = () => {
    const ofClient = new Map<string, number>();
    for (const { client } of waiting) ofClient.set(client, (ofClient.get(client) ?? 0) + 1);
    const others = ({ client }: Waiting) => ofClient.get(client) ?? 0;
    return [...waiting].sort((a, b) => others(a) - others(b) || a.size - b.size);
  };
  /** Node serves what has come meanwhile before the next turn. */
  const rest = async (tookMs: number) => {
    if (tookMs > LONG_MS) await sleep(Math.min(tookMs / 2, MOST_REST_MS));
    else await new Promise(setImmediate);
    next();
  };

  return {
    take: ({ size, client, signal, work }) =>
      new Promise((resolve, reject) => {
        const leave = () => {
          waiting.delete(each);
          clearTimeout(timer);
          signal?.removeEventListener('abort', giveUp);
        };
        const giveUp = () => {
          leave();
          reject(new NoTurn());
        };
        const each: Waiting = {
          size,
          client,
          giveUp,
          begin() {
            leave();
            const began = performance.now();
            try {
              resolve(withinTime(Math.min(LEAST_MS + size * MS_FOR_EACH, MOST_MS), work));
            } catch (error) {
              // What was thrown, whatever it is.
              // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
              reject(error);
            }
            void rest(performance.now() - began);
          },
        };
        const timer = setTimeout(giveUp, MOST_WAIT_MS);
        signal?.addEventListener('abort', giveUp);
        waiting.add(each);
        if (signal?.aborted) giveUp();
        else if (!isTaken) next();
        else if (waiting.size > MOST_WAITING) inOrder().at(-1)?.giveUp();
      }),
  };
}
