import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Documents that a server has parsed and found valid. */
export interface DocumentStore {
  /** The document of a text; undefined when it is not known to be valid. */
  find(text: string): DocumentNode | undefined;
  /** Keeps a valid document, which has to know its text. */
  keep(document: DocumentNode): void;
  size(): number;
  /** For Apollo's server, which fills it. */
  forApollo: NonNullable<ApolloServerOptions<BaseContext>['documentStore']>;
}

/**
 * So many characters of documents are kept. With its plan and all that was compiled for it, a document
 * comes to about a hundred bytes for each.
 */
const MAX_CHARACTERS = 640_000;

/** Makes a store that keeps the documents used last. What was compiled for a document goes with it. */
export function createDocumentStore(): DocumentStore {
  const limits = {
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (document: DocumentNode) => textOf(document).length || 1,
  };
  const byText = new LRUCache<string, DocumentNode>(limits);
  const byApollo = new LRUCache<string, DocumentNode>(limits);
  return {
    find: (text) => byText.get(text),
    keep: (document) => void byText.set(textOf(document), document),
    size: () => byText.size,
    forApollo: {
      get: async (key) => byApollo.get(key),
      async set(key, document) {
        byApollo.set(key, document);
        byText.set(textOf(document), document);
      },
      delete: async (key) => byApollo.delete(key),
    },
  };
}

const textOf = ({ loc }: DocumentNode) => loc?.source.body ?? '';
