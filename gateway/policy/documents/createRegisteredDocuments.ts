import { LRUCache } from 'lru-cache';
import type { Viewer } from '../../../subgraphs/shared/Viewer.ts';

/** Documents that clients registered by sending them together with their hash (automatic persisted queries). */
export interface RegisteredDocuments {
  find(hash: string, viewer: Viewer): string | undefined;
  keep(hash: string, text: string, viewer: Viewer): void;
  /** How many there are, for all viewers. */
  size(): number;
}

/** So many kinds of viewers have documents of their own. */
const KINDS = 64;

/** What an entry takes beside its text. */
const OVERHEAD = 200;

/**
 * Makes a bounded store of registered documents. Apollo's server has one too, but one for all: here, viewers with
 * other rights neither see what was registered nor push it out.
 */
export function createRegisteredDocuments(maxKb: number): RegisteredDocuments {
  const kinds = new LRUCache<string, LRUCache<string, string>>({ max: KINDS });
  const ofKind = (viewer: Viewer) => {
    const kind = kindOf(viewer);
    const known =
      kinds.get(kind) ??
      new LRUCache<string, string>({
        maxSize: maxKb * 1024,
        // A hash and a text are a byte for each character, mostly.
        sizeCalculation: (text) => text.length + OVERHEAD,
      });
    kinds.set(kind, known);
    return known;
  };
  return {
    find: (hash, viewer) => kinds.get(kindOf(viewer))?.get(hash),
    keep: (hash, text, viewer) => void ofKind(viewer).set(hash, text),
    size: () => [...kinds.values()].reduce((sum, { size }) => sum + size, 0),
  };
}

/** Viewers of one agency who may do the same are of one kind; so is the public. */
function kindOf({ agency, roles, scopes, subject }: Viewer): string {
  if (subject === null) return '';
  const who = agency === null ? { subject } : { agency };
  return JSON.stringify([who, [...roles].sort(), [...scopes].sort()]);
}
