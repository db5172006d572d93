import { setTimeout as delay } from 'node:timers/promises';
import type { Connection, mongo } from 'mongoose';
import type { WatchedDirectory } from './createDirectory.ts';

type Document = mongo.BSON.Document;
type Directories = readonly WatchedDirectory[];

/**
 * How long the database may hold its answer back when nothing has changed. It answers at once when
 * something has: a short wait only tells sooner that the stream is alive, for a command a second.
 */
const MAX_AWAIT_MS = 1_000;
/** A stream that has not answered for so long is taken for broken. */
const SILENCE_MS = MAX_AWAIT_MS + 2_000;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 2_000;

const ROW_CHANGES = ['update', 'replace', 'delete'];

const collectionsOf = (directories: Directories) => directories.map(({ collection }) => collection);

/** What the stream tells of: no rows, only which changed. New rows change nothing that is kept. */
const pipelineFor = (directories: Directories) => [
  {
    $match: {
      $or: [
        { operationType: { $in: ROW_CHANGES }, 'ns.coll': { $in: collectionsOf(directories) } },
        { operationType: { $nin: [...ROW_CHANGES, 'insert'] } },
      ],
    },
  },
  { $project: { operationType: 1, ns: 1, documentKey: 1 } },
];

/** A change as far as the pipeline leaves it. */
interface Change extends Document {
  operationType: string;
  ns?: { coll?: string };
  documentKey?: { _id: unknown };
}

function apply(directories: Directories, { operationType, ns, documentKey }: Change): void {
  if (ROW_CHANGES.includes(operationType)) {
    const changed = directories.filter(({ collection }) => collection === ns?.coll);
    for (const directory of changed) directory.forget(String(documentKey?._id));
    return;
  }
  // A collection or the whole database was dropped, renamed, or the stream can't follow it.
  for (const directory of directories) directory.forgetAll();
}

/**
 * Keeps directories open while a change stream of their database tells which rows change, so that
 * they lag behind it by no more than the stream does. While there is no stream (a server that is no
 * replica set has none, a broken one is begun anew) they are closed and empty.
 */
export function watchDirectories(database: Connection, directories: Directories, size: number) {
  let stream: mongo.ChangeStream<Document, Change> | undefined;
  let isOpen = false;
  const stopped = new AbortController();

  const setOpen = (open: boolean) => {
    if (open === isOpen) return;
    isOpen = open;
    for (const directory of directories) {
      if (open) directory.open(size);
      else directory.close();
    }
  };

  const follow = async () => {
    const changes = database
      .getClient()
      .db(database.name)
      .watch<Document, Change>(pipelineFor(directories), {
        maxAwaitTimeMS: MAX_AWAIT_MS,
      });
    stream = changes;
    while (!stopped.signal.aborted && !changes.closed) {
      const silence = setTimeout(() => setOpen(false), SILENCE_MS);
      try {
        const change = await changes.tryNext();
        if (change) apply(directories, change);
        setOpen(!stopped.signal.aborted);
      } finally {
        clearTimeout(silence);
      }
    }
  };

  const keepFollowing = async () => {
    let retry = FIRST_RETRY_MS;
    while (!stopped.signal.aborted) {
      try {
        await follow();
        retry = FIRST_RETRY_MS;
      } catch {
        // Whatever it was, there is no stream: rows are read each time, and it is tried again.
      }
      setOpen(false);
      await stream?.close().catch(() => undefined);
      await delay(retry, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
      retry = Math.min(retry * 2, LAST_RETRY_MS);
    }
  };
  const following = keepFollowing();

  return {
    /** Ends the stream at once, not only when the database answers. */
    async close() {
      stopped.abort();
      setOpen(false);
      await stream?.close().catch(() => undefined);
      await following;
    },
  };
}
