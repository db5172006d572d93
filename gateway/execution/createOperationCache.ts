import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { MAX_CHARACTERS } from '../transport/boundedCache.ts';
import type { CompiledOperation } from './compileOperation.ts';

type Compile = (document: DocumentNode, operation: OperationDefinitionNode) => CompiledOperation;

/**
 * Remembers the `limit` operations that were used last, and fewer when their documents are long, by their place in
 * a parsed document: the server parses a text once and hands on the same document from then on. What throws is not kept.
 */
export function createOperationCache(limit: number, compile: Compile): Compile {
  const compiled = new LRUCache<OperationDefinitionNode, CompiledOperation>({
    max: limit,
    // An operation keeps all of the document that it is in.
    maxSize: MAX_CHARACTERS,
  });
  return (document, operation) => {
    const known = compiled.get(operation);
    if (known) return known;
    const entry = compile(document, operation);
    compiled.set(operation, entry, { size: document.loc?.source.body.length || 1 });
    return entry;
  };
}
