import { LRUCache } from 'lru-cache';
import type { Model } from 'mongoose';

/** What keeps a directory current needs of it. */
export interface WatchedDirectory {
  readonly collection: string;
  /** Nothing is kept while it is closed. */
  readonly isOpen: boolean;
  /** To be called at once by whoever changed a row. */
  forget(id: string): void;
  forgetAll(): void;
  /** Keeps up to `size` rows from now on, those that were used last. */
  open(size: number): void;
  close(): void;
}

/** Rows of a small collection that are asked for by id again and again, in memory while they are known to be current. */
export interface Directory<TRow> extends WatchedDirectory {
  get(id: string): TRow | undefined;
  /** Gives what `read` gives, and keeps it, except rows that were forgotten while they were read. */
  keep(read: () => Promise<readonly TRow[]>): Promise<readonly TRow[]>;
}

/** A read on its way: it may have seen rows as they were before they changed. */
interface ReadUnderWay {
  changed: Set<string>;
  isOutdated: boolean;
}

/** Makes a directory, closed at first. Ids without a row are not kept: clients can make up any number of those. */
export function createDirectory<TRow extends { _id: string }>({
  collection,
}: Model<TRow>): Directory<TRow> {
  let rows: LRUCache<string, TRow> | undefined;
  const underWay = new Set<ReadUnderWay>();

  const forgetAll = () => {
    rows?.clear();
    for (const each of underWay) each.isOutdated = true;
  };

  return {
    collection: collection.name,

    get isOpen() {
      return rows !== undefined;
    },

    get: (id) => rows?.get(id),

    async keep(read) {
      const own: ReadUnderWay = { changed: new Set(), isOutdated: !rows };
      underWay.add(own);
      try {
        const found = await read();
        if (own.isOutdated) return found;
        for (const row of found) if (!own.changed.has(row._id)) rows?.set(row._id, row);
        return found;
      } finally {
        underWay.delete(own);
      }
    },

    forget(id) {
      rows?.delete(id);
      for (const { changed } of underWay) changed.add(id);
    },

    forgetAll,

    open(size) {
      forgetAll();
      rows = new LRUCache({ max: size });
    },

    close() {
      forgetAll();
      rows = undefined;
    },
  };
}
