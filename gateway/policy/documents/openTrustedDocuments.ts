import { stripIgnoredCharacters } from 'graphql';
import { LRUCache } from 'lru-cache';
import { watchContent, type WatchLog } from '../../../subgraphs/shared/watchContent.ts';
import type { DocumentConfig } from './documentSettings.ts';
import { readManifest } from './Manifest.ts';

/** The documents that the operator trusts. */
export interface TrustedDocuments {
  /** The text behind an id. */
  find(id: string): string | undefined;
  /** The one of them that a text is, whatever its comments and white space. */
  sameAs(text: string): string | undefined;
  size(): number;
  close(): void;
}

/** So many characters of texts are remembered with what is left of them without comments and white space. */
const KEPT_CHARACTERS = 1_000_000;

/**
 * A text is looked into when it is no longer than twice the longest one that is trusted, and this: a hundred kB of
 * brackets would keep the process busy for a tenth of a second, and could never be one of them.
 */
const MORE_CHARACTERS = 10_000;

/**
 * Reads the manifests of trusted documents, and follows them as they change. Where two of them give one id to
 * different documents, the first one counts.
 * Rejects with a UserError when one is no good at first; later on, what it said before still counts.
 */
export async function openTrustedDocuments(
  { mode, manifests }: Pick<DocumentConfig, 'mode' | 'manifests'>,
  log: WatchLog,
): Promise<TrustedDocuments> {
  const found = new Set<string>();
  const read = async (file: string) => {
    // Where all documents are carried out, ids are a convenience: a file may come later, but not go away.
    const manifest = await readManifest(file, mode === 'off' && !found.has(file));
    if (manifest.byId.size) found.add(file);
    return manifest;
  };
  const watched = await Promise.all(manifests.map((file) => watchContent(file, read, log)));
  const stripped = new LRUCache<string, string>({
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: (short, text) => text.length + short.length + 1,
  });
  const shorten = (text: string) => {
    const known = stripped.get(text);
    if (known !== undefined) return known;
    const short = strip(text);
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
    sameAs(text) {
      const longest = Math.max(...watched.map(({ current }) => current().longest));
      if (text.length > 2 * longest + MORE_CHARACTERS) return undefined;
      const short = shorten(text);
      for (const { current } of watched) {
        const same = current().byStripped.get(short);
        if (same !== undefined) return same;
      }
      return undefined;
    },
    size: () => watched.reduce((sum, { current }) => sum + current().byId.size, 0),
    close: () => watched.forEach(({ close }) => close()),
  };
}

/** A document without what has no meaning; empty when its text is none. */
function strip(text: string): string {
  try {
    return stripIgnoredCharacters(text);
  } catch {
    return '';
  }
}
