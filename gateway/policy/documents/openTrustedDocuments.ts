import { LRUCache } from 'lru-cache';
import { watchContent, type WatchLog } from '../../../subgraphs/shared/watchContent.ts';
import type { DocumentConfig } from './documentSettings.ts';
import { readManifest, strip } from './Manifest.ts';

/** The documents that the operator trusts. */
export interface TrustedDocuments {
  /** The text behind an id. */
  find(id: string): string | undefined;
  /** Whether a text is one of them, whatever its comments and white space. */
  holds(text: string): boolean;
  size(): number;
  close(): void;
}

/** So many characters of texts are remembered with what is left of them without comments and white space. */
const KEPT_CHARACTERS = 1_000_000;

/**
 * Reads the manifests of trusted documents, and follows them as they change. Where two of them give one id to
 * different documents, the first one counts.
 * Rejects with a UserError when one is no good at first; later on, what it said before still counts.
 */
export async function openTrustedDocuments(
  { mode, manifests }: Pick<DocumentConfig, 'mode' | 'manifests'>,
  log: WatchLog,
): Promise<TrustedDocuments> {
  // Where all documents are carried out, ids are a convenience.
  const read = (file: string) => readManifest(file, mode === 'off');
  const watched = await Promise.all(manifests.map((file) => watchContent(file, read, log)));
  const stripped = new LRUCache<string, string>({
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: (short, text) => text.length + short.length + 1,
  });
  const shorten = (text: string) => {
    const known = stripped.get(text);
    if (known !== undefined) return known;
    const short = strip(text) ?? '';
    stripped.set(text, short);
    return short;
  };

  return {
    find(id) {
      for (const { current } of watched) {
        const text = current().byId.get(id);
        if (text !== undefined) return text;
      }
      return undefined;
    },
    holds(text) {
      const short = shorten(text);
      return short !== '' && watched.some(({ current }) => current().stripped.has(short));
    },
    size: () => watched.reduce((sum, { current }) => sum + current().byId.size, 0),
    close: () => watched.forEach(({ close }) => close()),
  };
}
