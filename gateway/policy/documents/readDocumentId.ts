import { isRecord } from '../../../subgraphs/shared/isRecord.ts';
import { plainId } from './Manifest.ts';
import { refusal } from '../../../subgraphs/shared/http/refusal.ts';
import type { RequestParameters } from '../../../subgraphs/shared/http/RequestPolicy.ts';

/** The id that a request has in the place of a document, or beside it. */
export interface DocumentId {
  id: string;
  /** The request without it. */
  others: RequestParameters;
}

/**
 * Reads the id of a document: `extensions.persistedQuery.sha256Hash`, as Apollo's clients send it, or `documentId`,
 * as the appendix "Persisted Documents" of GraphQL over HTTP has it. Undefined when the request has none.
 * @throws GraphQLError when it is malformed, or there are two.
 */
export function readDocumentId(parameters: RequestParameters): DocumentId | undefined {
  const { documentId = null, extensions: sent = null, ...others } = parameters;
  const extensions = parse(sent);
  const persisted = isRecord(extensions) && Object.hasOwn(extensions, 'persistedQuery');
  if (!persisted) {
    if (documentId === null) return undefined;
    if (typeof documentId !== 'string' || documentId === '') {
      throw malformed('"documentId" must be one text: the id of a document');
    }
    return {
      id: plainId(documentId),
      others: sent === null ? others : { ...others, extensions: sent },
    };
  }
  if (documentId !== null) {
    throw malformed('send either "documentId" or "extensions.persistedQuery", not both');
  }
  const { persistedQuery, ...rest } = extensions;
  if (!isRecord(persistedQuery) || typeof persistedQuery['sha256Hash'] !== 'string') {
    throw malformed(
      '"extensions.persistedQuery" must be {"version": 1, "sha256Hash": "…"}, with the SHA-256 of the document in hexadecimal digits',
    );
  }
  if (persistedQuery['version'] !== 1) {
    throw malformed('"extensions.persistedQuery.version" must be 1: there is no other');
  }
  const left = typeof sent === 'string' ? JSON.stringify(rest) : rest;
  return {
    id: persistedQuery['sha256Hash'],
    others: Object.keys(rest).length ? { ...others, extensions: left } : others,
  };
}

/** In the address of a request, extensions are JSON text; what is none is for Apollo's server to refuse. */
function parse(extensions: unknown): unknown {
  if (typeof extensions !== 'string') return extensions;
  try {
    return JSON.parse(extensions);
  } catch {
    return undefined;
  }
}

const malformed = (what: string) =>
  refusal(`The id of the document can't be read: ${what}.`, { code: 'BAD_REQUEST' });
