import type { DocumentNode } from 'graphql';
import type { DocumentStore } from './createDocumentStore.ts';
import { isRecord } from '../isRecord.ts';

/** A request for a document that is known to be valid. */
export interface KnownRequest {
  document: DocumentNode;
  operationName: string | undefined;
  variables: Record<string, unknown>;
}

/** Reads the body of a GraphQL request; undefined when it is not well-formed or its document is not known. */
export function readKnownRequest(
  body: unknown,
  documents: DocumentStore,
): KnownRequest | undefined {
  if (!isRecord(body)) return undefined;
  const { query, operationName = null, variables = null, extensions = null } = body;
  if (typeof query !== 'string') return undefined;
  if (extensions !== null || (operationName !== null && typeof operationName !== 'string')) {
    return undefined;
  }
  if (variables !== null && !isRecord(variables)) return undefined;
  const document = documents.find(query);
  return (
    document && { document, operationName: operationName ?? undefined, variables: variables ?? {} }
  );
}
