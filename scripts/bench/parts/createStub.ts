import type { mongo } from 'mongoose';

/** `off`: the database answers. `learn`: what it has answered once is replayed. `strict`: nothing else is. */
export type StubMode = 'off' | 'learn' | 'strict';

interface Cursor {
  toArray(): Promise<unknown[]>;
}

/** A collection of the driver, as far as the data layer reads from it. */
export interface Readable {
  find(...given: never[]): Cursor;
  aggregate(...given: never[]): Cursor;
}

export interface Stub {
  /** Stands between a collection and who reads it. */
  wrap(name: string, collection: Readable): void;
  /** Counts the commands of a client that reads, if it tells of them. */
  follow(client: mongo.MongoClient): void;
  setMode(mode: StubMode): void;
  counts(): ReadCounts;
}

export interface ReadCounts {
  /** Reads that came to the stub. */
  reads: number;
  /** Those of them for which the database was asked, or should have been. */
  misses: number;
  /** Commands that were sent to the database and read. */
  commands: number;
}

const READING = ['find', 'aggregate', 'getMore', 'count', 'distinct'];

/**
 * Replays what the database has answered, so that nothing is measured but what stands above the
 * driver. It costs a text of each command, which is the same for all that share it.
 */
export function createStub(): Stub {
  const known = new Map<string, unknown[]>();
  const collections: { name: string; collection: Readable }[] = [];
  let mode: StubMode = 'off';
  let reads = 0;
  let misses = 0;
  let commands = 0;

  async function learn(key: string, ask: () => Promise<unknown[]>): Promise<unknown[]> {
    misses += 1;
    if (mode === 'strict') throw new Error(`the stub has no answer to ${key.slice(0, 500)}`);
    const rows = await ask();
    known.set(key, rows);
    return rows;
  }

  function createCursor(command: unknown[], open: () => Cursor) {
    const calls: [method: string, argument: unknown][] = [];
    const chain = (method: string) => (argument: unknown) => {
      calls.push([method, argument]);
      return cursor;
    };
    const reopen = () =>
      calls.reduce<Cursor>((opened, [method, argument]) => {
        const call: unknown = Reflect.get(opened, method);
        if (typeof call !== 'function') throw new Error(`cursors have no ${method}`);
        return Reflect.apply(call, opened, [argument]) as Cursor;
      }, open());
    // Anything else that the data layer may come to use fails loudly, for want of it here.
    const cursor = {
      sort: chain('sort'),
      project: chain('project'),
      toArray() {
        reads += 1;
        const key = JSON.stringify([command, calls]);
        const rows = known.get(key);
        return rows ? Promise.resolve(rows) : learn(key, () => reopen().toArray());
      },
    };
    return cursor;
  }

  function replace({ name, collection }: { name: string; collection: Readable }) {
    for (const method of ['find', 'aggregate'] as const) {
      const real = collection[method].bind(collection);
      const replaced = (...given: never[]) =>
        createCursor([name, method, ...given], () => real(...given));
      Object.assign(collection, { [method]: replaced });
    }
  }

  /** What the prototype has is found again. */
  function restore({ collection }: { collection: Readable }) {
    for (const method of ['find', 'aggregate']) Reflect.deleteProperty(collection, method);
  }

  return {
    wrap(name, collection) {
      collections.push({ name, collection });
    },
    follow(client) {
      client.on('commandStarted', ({ commandName }) => {
        if (READING.includes(commandName)) commands += 1;
      });
    },
    setMode(wanted) {
      if (mode === 'off' && wanted !== 'off') collections.forEach(replace);
      if (mode !== 'off' && wanted === 'off') collections.forEach(restore);
      if (wanted === 'off') known.clear();
      mode = wanted;
    },
    counts: () => ({ reads, misses, commands }),
  };
}
