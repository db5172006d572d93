import DataLoader from 'dataloader';
import { covers, unite, type Selection } from './selection.ts';

/** Loads by key, each with what is selected of it. */
export interface Batcher<TValue> {
  load(key: string, selection: Selection): Promise<TValue>;
}

interface Batch {
  selection?: Selection;
}

/**
 * Gathers the keys of one tick, as a DataLoader does, and what is selected of any of them, so that
 * `read` is one command for all. A key that was loaded before is read again only when that did not
 * bring all that is selected now.
 */
export function createBatcher<TValue>(
  read: (keys: readonly string[], selection: Selection) => Promise<TValue[]>,
): Batcher<TValue> {
  const loaded = new Map<string, { batch: Batch; value: Promise<TValue> }>();
  let open: Batch = {};
  const loader = new DataLoader<string, TValue>(
    (keys) => {
      const { selection } = open;
      open = {};
      if (!selection) throw new Error('a batch was sent that nothing was selected for');
      return read(keys, selection);
    },
    { cache: false },
  );
  return {
    load(key, selection) {
      const before = loaded.get(key);
      if (before?.batch.selection && covers(before.batch.selection, selection)) return before.value;
      const wanted = before?.batch.selection ? unite(before.batch.selection, selection) : selection;
      open.selection = open.selection ? unite(open.selection, wanted) : wanted;
      if (before?.batch === open) return before.value;
      const value = loader.load(key);
      loaded.set(key, { batch: open, value });
      return value;
    },
  };
}
