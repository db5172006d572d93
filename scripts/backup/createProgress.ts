import type { Log } from '../database/Rung.ts';

const TELL_EVERY_MS = 5_000;

/** Counts documents, and tells how far it is now and then, when it takes long. */
export function createProgress(verb: string, log: Log, total?: number) {
  let count = 0;
  let toldAt = performance.now();
  return {
    add(documents: number) {
      count += documents;
      if (performance.now() - toldAt < TELL_EVERY_MS) return;
      toldAt = performance.now();
      log(`${verb} ${count} documents${total === undefined ? '' : ` of about ${total}`}`);
    },
  };
}
