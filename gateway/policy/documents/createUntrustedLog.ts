import { Kind, type DocumentNode } from 'graphql';
import type { Viewer } from '../../../subgraphs/shared/Viewer.ts';
import { sha256 } from './Manifest.ts';

/** Tells the operator which documents are in use that the manifests do not list. */
export interface UntrustedLog {
  note(document: DocumentNode, viewer: Viewer): void;
  /** How many requests there were for such documents. */
  count(): number;
}

/** Whoever makes up documents must not fill the log. */
const MOST_TOLD = 1_000;

/** Makes a log in which each document is told once: its hash, its operations and who sent it, never variables. */
export function createUntrustedLog(log: {
  warn(details: object, message: string): void;
}): UntrustedLog {
  const told = new Set<string>();
  const seen = new WeakSet<DocumentNode>();
  let count = 0;
  return {
    count: () => count,
    note(document, { subject }) {
      count += 1;
      // Known documents are one object as long as they are kept: their hash is not computed again.
      if (seen.has(document)) return;
      seen.add(document);
      if (told.size >= MOST_TOLD) return;
      const hash = sha256(document.loc?.source.body ?? '');
      if (told.has(hash)) return;
      told.add(hash);
      const operations = document.definitions.flatMap((definition) =>
        definition.kind === Kind.OPERATION_DEFINITION ? [definition.name?.value ?? null] : [],
      );
      log.warn({ hash, operations, subject }, 'a document that is not trusted was carried out');
      if (told.size === MOST_TOLD)
        log.warn({}, 'further documents that are not trusted are only counted');
    },
  };
}
