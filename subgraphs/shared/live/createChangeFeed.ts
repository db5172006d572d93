import { EventEmitter, once, setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { GraphQLError } from 'graphql';
import type { Connection, mongo } from 'mongoose';
import type { Change, ChangeKind } from './Change.ts';

type Document = mongo.BSON.Document;

/** The changes of one collection, as they happen, for any number of followers. */
export interface ChangeFeed {
  /**
   * Follows the changes from now on, or from after the event `after`, in their order, each once. What the iterable
   * holds is given back when `signal` aborts. Rejects with `LIVE_UNAVAILABLE` when the database can't tell of changes
   * now; the iterable ends with `EVENT_ID_UNKNOWN` when it can't go on after that event.
   */
  follow(client: {
    after?: string | null | undefined;
    signal: AbortSignal;
  }): Promise<AsyncIterable<Change>>;
}

/** A change as far as the pipeline leaves it. */
interface RawChange extends Document {
  _id: { _data: string };
  operationType: string;
  documentKey: { _id: unknown };
}

type Stream = mongo.ChangeStream<Document, RawChange>;

const KINDS: Record<string, ChangeKind> = {
  insert: 'CREATED',
  update: 'CHANGED',
  replace: 'CHANGED',
  delete: 'WITHDRAWN',
};

/** How long the database may hold its answer back when nothing has changed. */
const MAX_AWAIT_MS = 1_000;
const CATCH_UP_AWAIT_MS = 100;
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 2_000;
/** Who wants to follow waits so long for a database that is away. */
const PATIENCE_MS = 5_000;
/** Without followers the stream stays open so long, for those who come back. */
const LINGER_MS = 30_000;
/** How often followers are told how far the stream has come when nothing happens. */
const POSITION_MS = 10_000;
/** So many changes are kept for followers who are slow or come back. Who needs older ones reads them anew. */
const KEPT = 1_000;

/** What the database says when the place after which to go on is no place, or one that it has forgotten. */
const UNKNOWN_PLACE = [9, 50811, 136, 260, 280, 286, 40647, 40649, 50795];

/**
 * Makes the feed of a collection over one change stream, which is open while somebody follows. Followers read at their
 * own pace from the changes that are kept; who is behind them, or comes back with an older event, catches up on a
 * stream of his own, so no follower takes room for what he has not read.
 */
export function createChangeFeed(
  database: Connection,
  collection: string,
  { kept = KEPT, maxAwaitMs = MAX_AWAIT_MS } = {},
): ChangeFeed {
  const turns = new EventEmitter();
  setMaxListeners(0, turns);
  let followers = 0;
  let running: { stop: AbortController } | undefined;
  let lingering: NodeJS.Timeout | undefined;

  let changes: Change[] = [];
  /** The number of the first change kept: numbers go on where changes are dropped. */
  let first = 0;
  /** The number of the change that comes after a place. */
  let nextAfter = new Map<string, number>();
  /** How often it had to begin anew, with a hole before it. */
  let beginnings = 0;
  /** How far the stream has come; undefined while it has not begun. */
  let position: string | undefined;
  const nextNumber = () => first + changes.length;

  const note = (place: string) => {
    nextAfter.set(place, nextNumber());
    for (const oldest of nextAfter.keys()) {
      if (nextAfter.size <= 2 * kept) break;
      nextAfter.delete(oldest);
    }
  };
  const add = (change: Change) => {
    changes.push(change);
    // In pieces: one by one, each would move all others.
    if (changes.length >= 2 * kept) {
      changes = changes.slice(-kept);
      first = first + kept;
    }
    note(change.eventId);
  };
  const forget = () => {
    beginnings += 1;
    first = nextNumber();
    changes = [];
    nextAfter = new Map();
    position = undefined;
  };

  /** From here on there is a hole: whoever follows is told, and what comes is a new beginning. */
  const loseThread = () => {
    forget();
    turns.emit('turn', 'news');
  };

  const open = (after: string | undefined, maxAwaitTimeMS: number): Stream =>
    database
      .getClient()
      .db(database.name)
      .watch<Document, RawChange>(
        [
          { $match: { operationType: { $in: Object.keys(KINDS) }, 'ns.coll': collection } },
          { $project: { operationType: 1, documentKey: 1 } },
        ],
        { maxAwaitTimeMS, ...(after !== undefined && { resumeAfter: { _data: after } }) },
      );

  const read = async (stop: AbortSignal) => {
    const stream = open(position, maxAwaitMs);
    // Said as soon as it stands, long before the first answer that nothing has happened.
    stream.once('resumeTokenChanged', () => {
      position ??= placeOf(stream);
      turns.emit('turn', 'news');
    });
    const close = () => void stream.close().catch(() => undefined);
    stop.addEventListener('abort', close);
    try {
      // One that was closed, as by a database that was dropped, would say at once that there is nothing, for ever.
      while (!stream.closed) {
        const raw = await stream.tryNext();
        if (stop.aborted) return;
        if (raw) add(toChange(raw));
        if (stream.closed) break;
        position = placeOf(stream);
        turns.emit('turn', raw ? 'news' : 'idle');
      }
      loseThread();
    } finally {
      stop.removeEventListener('abort', close);
      close();
    }
  };
  const run = async (stop: AbortSignal) => {
    let retry = FIRST_RETRY_MS;
    while (!stop.aborted) {
      const before = position;
      await read(stop).catch((error: unknown) => {
        if (isUnknownPlace(error) && position !== undefined) {
          loseThread();
        }
      });
      if (stop.aborted) return;
      retry = position === before ? Math.min(retry * 2, LAST_RETRY_MS) : FIRST_RETRY_MS;
      await delay(retry, undefined, { signal: stop, ref: false }).catch(() => undefined);
    }
  };

  const enter = (signal: AbortSignal) => {
    followers += 1;
    clearTimeout(lingering);
    if (!running) {
      const stop = new AbortController();
      running = { stop };
      void run(stop.signal);
    }
    signal.addEventListener('abort', leave, { once: true });
  };
  const leave = () => {
    followers -= 1;
    if (followers) return;
    lingering = setTimeout(end, LINGER_MS);
    lingering.unref();
  };
  const end = () => {
    clearTimeout(lingering);
    running?.stop.abort();
    running = undefined;
    forget();
  };
  // Another connection may lead to another database, where places are others.
  database.on('close', end);
  /** What the stream says next. Rejects when the follower leaves. */
  const turn = async (signal: AbortSignal): Promise<'news' | 'idle'> =>
    ((await once(turns, 'turn', { signal })) as ['news' | 'idle'])[0];

  const begun = async (signal: AbortSignal) => {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    while (position === undefined) {
      await turn(patience).catch(() => {
        signal.throwIfAborted();
        throw unavailable();
      });
    }
    return position;
  };

  /** Gives the changes after `after` from a stream of its own. Returns the number with which the kept ones go on. */
  async function* catchUp(after: string, signal: AbortSignal): AsyncGenerator<Change, number> {
    let start = nextNumber();
    const told = new Set<string>();
    const stream = open(after, CATCH_UP_AWAIT_MS);
    const close = () => void stream.close().catch(() => undefined);
    signal.addEventListener('abort', close);
    try {
      for (;;) {
        if (stream.closed) throw unknownEvent();
        const raw = await stream.tryNext();
        signal.throwIfAborted();
        if (raw) {
          const change = toChange(raw);
          const next = nextAfter.get(change.eventId);
          told.add(change.eventId);
          yield change;
          if (next !== undefined && next >= first) return next;
          continue;
        }
        // All that had happened is told. When the common stream knows of nothing more either, it has seen it too.
        if ((await turn(signal)) !== 'idle') continue;
        start = Math.max(start, first);
        const next = nextNumber();
        for (const change of changes.slice(start - first)) {
          if (!told.has(change.eventId)) yield change;
        }
        return next;
      }
    } catch (error) {
      throw isUnknownPlace(error) ? unknownEvent() : error;
    } finally {
      signal.removeEventListener('abort', close);
      close();
    }
  }

  async function* changesFrom(
    place: { number: number | undefined; last: string; isTold: boolean },
    signal: AbortSignal,
  ): AsyncGenerator<Change> {
    let { last, isTold } = place;
    let number = place.number ?? (yield* catchUp(last, signal));
    let toldAt = 0;
    const beginning = beginnings;
    for (;;) {
      signal.throwIfAborted();
      if (beginnings > beginning) throw unknownEvent();
      while (number < nextNumber()) {
        if (number < first) {
          number = yield* catchUp(last, signal);
          continue;
        }
        const change = changes[number - first] as Change;
        number += 1;
        last = change.eventId;
        isTold = true;
        yield change;
      }
      const isNews = !isTold || position !== last;
      if (position !== undefined && isNews && Date.now() - toldAt >= POSITION_MS) {
        last = position;
        isTold = true;
        toldAt = Date.now();
        note(position);
        yield { eventId: position };
        continue;
      }
      await turn(signal);
    }
  }

  return {
    async follow({ after, signal }) {
      signal.throwIfAborted();
      enter(signal);
      const last = await begun(signal);
      if (after === undefined || after === null) {
        return changesFrom({ number: nextNumber(), last, isTold: false }, signal);
      }
      if (!/^[0-9A-F]{1,2000}$/i.test(after)) throw unknownEvent();
      const known = nextAfter.get(after);
      const number = known !== undefined && known >= first ? known : undefined;
      return changesFrom({ number, last: after, isTold: true }, signal);
    },
  };
}

const toChange = ({ _id, operationType, documentKey }: RawChange): Change => ({
  eventId: _id._data,
  kind: KINDS[operationType] ?? 'CHANGED',
  recordId: String(documentKey._id),
});

const placeOf = ({ resumeToken }: Stream): string | undefined =>
  (resumeToken as { _data?: string } | undefined)?._data;

const codeOf = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error ? Number(error.code) : undefined;

const isUnknownPlace = (error: unknown) => UNKNOWN_PLACE.includes(codeOf(error) ?? 0);

const unknownEvent = () =>
  new GraphQLError(
    'It is not known any more what came after this event: ask for the whole again, then follow without `after`.',
    { extensions: { code: 'EVENT_ID_UNKNOWN' } },
  );

const unavailable = () =>
  new GraphQLError(
    'Changes can’t be followed at the moment: the database is away, or is no replica set. Try again in a while.',
    { extensions: { code: 'LIVE_UNAVAILABLE' } },
  );
