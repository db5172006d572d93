export interface SlotsSettings {
  /** How many may work at once. */
  slots: number;
  /** How many of these one client may have. */
  slotsPerClient: number;
  /** How many may wait, and for how long. */
  queued: number;
  queueTimeoutMs: number;
}

/** A place in the queue. */
export interface Turn {
  /** Resolves when it is there; rejects with `QueueFull` when it does not come. */
  came: Promise<void>;
  /** Leaves the queue. */
  giveUp(): void;
}

/** Places for work, which clients share. */
export interface Slots {
  /**
   * Takes a slot, for which `leave` must be called: at once, when undefined is given, else when the turn has come.
   * @throws QueueFull when there is no place in the queue either.
   */
  enter(client: string): Turn | undefined;
  leave(client: string): void;
  /** Whether `enter` would be refused. */
  isFull(client: string): boolean;
  running(): number;
  queued(): number;
}

/** There is no place, or its turn does not come. */
export class QueueFull extends Error {
  override readonly name = 'QueueFull';
}

interface Waiting {
  begin(): void;
  refuse(): void;
}

/**
 * Makes slots with a queue before them, in which clients take turns, however much each of them asks for. In a full
 * queue whoever waits for least pushes out the latest of the client that waits for most.
 */
export function createSlots({
  slots,
  slotsPerClient,
  queued: queueLength,
  queueTimeoutMs,
}: SlotsSettings): Slots {
  const runningOf = new Map<string, number>();
  /** The client whose turn is next comes first. */
  const waitingOf = new Map<string, Waiting[]>();
  let running = 0;
  let queued = 0;

  const ofClient = (client: string) => runningOf.get(client) ?? 0;
  const begin = (client: string) => {
    running += 1;
    runningOf.set(client, ofClient(client) + 1);
  };
  const hasSlot = (client: string) => running < slots && ofClient(client) < slotsPerClient;

  const remove = (client: string, waiting: Waiting) => {
    const line = waitingOf.get(client) ?? [];
    const index = line.indexOf(waiting);
    if (index < 0) return;
    line.splice(index, 1);
    queued -= 1;
    if (line.length === 0) waitingOf.delete(client);
  };

  /** The latest of the longest line, when that is longer than the one of `client` would be. */
  const findPushedOut = (client: string): Waiting | undefined => {
    let longest: Waiting[] = [];
    for (const line of waitingOf.values()) if (line.length > longest.length) longest = line;
    const own = waitingOf.get(client)?.length ?? 0;
    return longest.length > own + 1 ? longest.at(-1) : undefined;
  };

  const beginNext = () => {
    for (const [client, line] of waitingOf) {
      if (!hasSlot(client)) continue;
      const [next] = line;
      if (!next) continue;
      remove(client, next);
      if (waitingOf.delete(client)) waitingOf.set(client, line);
      begin(client);
      next.begin();
      return;
    }
  };

  const wait = (client: string): Turn => {
    let giveUp = () => {};
    const came = new Promise<void>((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        remove(client, waiting);
      };
      const refuse = () => {
        end();
        reject(new QueueFull());
      };
      const timer = setTimeout(refuse, queueTimeoutMs);
      const waiting: Waiting = {
        refuse,
        begin() {
          end();
          resolve();
        },
      };
      giveUp = refuse;
      const line = waitingOf.get(client) ?? [];
      line.push(waiting);
      waitingOf.set(client, line);
      queued += 1;
    });
    return { came, giveUp };
  };

  return {
    enter(client) {
      if (hasSlot(client)) {
        begin(client);
        return undefined;
      }
      if (queued >= queueLength) {
        const pushedOut = findPushedOut(client);
        if (!pushedOut) throw new QueueFull();
        pushedOut.refuse();
      }
      return wait(client);
    },
    leave(client) {
      running -= 1;
      const left = ofClient(client) - 1;
      if (left > 0) runningOf.set(client, left);
      else runningOf.delete(client);
      beginNext();
    },
    isFull: (client) => queued >= queueLength && !hasSlot(client) && !findPushedOut(client),
    running: () => running,
    queued: () => queued,
  };
}
