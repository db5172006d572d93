import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { CompiledOperation } from './compileOperation.ts';

type Compile = (document: DocumentNode, operation: OperationDefinitionNode) => CompiledOperation;

/**
 * Remembers the `limit` operations that were used last, by their place in a parsed document: the
 * server parses a text once and hands on the same document from then on. What throws is not kept.
 */
export function createOperationCache(limit: number, compile: Compile): Compile {
  // A Map keeps the order of insertion: its first key is the one used longest ago.
  const compiled = new Map<OperationDefinitionNode, CompiledOperation>();
  return (document, operation) => {
    const entry = compiled.get(operation) ?? compile(document, operation);
    compiled.delete(operation);
    compiled.set(operation, entry);
    const [oldest] = compiled.keys();
    if (oldest !== undefined && compiled.size > limit) compiled.delete(oldest);
    return entry;
  };
}
