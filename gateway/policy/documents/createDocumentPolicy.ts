import type { FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import { refusal } from '../../../subgraphs/shared/http/refusal.ts';
import type { RequestPolicy } from '../../../subgraphs/shared/http/RequestPolicy.ts';
import type { Viewer } from '../../../subgraphs/shared/Viewer.ts';
import type { WatchLog } from '../../../subgraphs/shared/watchContent.ts';
import { createRegisteredDocuments } from './createRegisteredDocuments.ts';
import { createUntrustedLog } from './createUntrustedLog.ts';
import type { DocumentConfig } from './documentSettings.ts';
import { isSha256, sha256 } from './Manifest.ts';
import { openTrustedDocuments } from './openTrustedDocuments.ts';
import { readDocumentId } from './readDocumentId.ts';

/** What is known of documents, for those who watch. */
export interface DocumentState {
  mode: DocumentConfig['mode'];
  /** Documents in the manifests, and those that clients registered. */
  trusted: number;
  registered: number;
  /** Requests for documents that are not trusted: carried out, and refused. Nobody counts where the mode is `off`. */
  untrusted: number;
  refused: number;
}

export interface DocumentPolicy extends RequestPolicy {
  state(): DocumentState;
  close(): void;
}

/** Who has this scope sends documents of their own, even where only trusted ones are carried out. */
const ANY_DOCUMENT = 'documents:any';

/**
 * Puts documents in the place of their ids, and refuses or reports what is not trusted. Ids of trusted documents
 * are good in every mode; documents that clients register are good for all but `enforce`.
 * Rejects with a UserError when a manifest is no good.
 */
export async function createDocumentPolicy(
  config: DocumentConfig,
  viewerOf: (request: FastifyRequest) => Viewer,
  log: WatchLog & { warn(details: object, message: string): void },
): Promise<DocumentPolicy> {
  const { mode, registeredKb } = config;
  const trusted = await openTrustedDocuments(config, log);
  const registered =
    mode === 'enforce' || registeredKb === undefined
      ? undefined
      : createRegisteredDocuments(registeredKb);
  const untrusted = createUntrustedLog(log);
  const toRegister = new WeakMap<FastifyRequest, string>();
  let refused = 0;

  /** The text behind an id; `query` is what was sent beside it. */
  const textOf = (id: string, query: unknown, request: FastifyRequest): string => {
    const text = trusted.find(id);
    if (typeof query === 'string' && query !== '') {
      if (text === query) return query;
      if (text !== undefined || id !== sha256(query)) throw mismatch();
      if (registered) toRegister.set(request, id);
      return query;
    }
    const found = text ?? (isSha256(id) ? registered?.find(id, viewerOf(request)) : undefined);
    if (found !== undefined) return found;
    if (mode !== 'enforce') throw notFound(registered !== undefined);
    refused += 1;
    throw notTrusted(id);
  };

  return {
    resolve(parameters, request) {
      const asked = readDocumentId(parameters);
      const resolved = asked
        ? { ...asked.others, query: textOf(asked.id, parameters['query'], request) }
        : parameters;
      const { query } = resolved;
      if (mode !== 'enforce' || typeof query !== 'string') return resolved;
      const listed = trusted.sameAs(query);
      // As it is listed: else each layout of it would be another document to be planned.
      if (listed !== undefined) return listed === query ? resolved : { ...resolved, query: listed };
      const { scopes } = viewerOf(request);
      if (scopes.includes(ANY_DOCUMENT) || scopes.includes('*')) return resolved;
      refused += 1;
      throw notTrusted(sha256(query));
    },
    found(document, request) {
      const text = document.loc?.source.body ?? '';
      const hash = toRegister.get(request);
      if (hash !== undefined) registered?.keep(hash, text, viewerOf(request));
      if (mode !== 'off' && trusted.sameAs(text) === undefined)
        untrusted.note(document, viewerOf(request));
    },
    state: () => ({
      mode,
      trusted: trusted.size(),
      registered: registered?.size() ?? 0,
      untrusted: untrusted.count(),
      refused,
    }),
    close: trusted.close,
  };
}

/* The first words of these two are those that Apollo's clients look for. */

const FOR_NOW = { status: 200, headers: { 'cache-control': 'private, no-cache, must-revalidate' } };

const notFound = (mayRegister: boolean): GraphQLError =>
  mayRegister
    ? refusal('PersistedQueryNotFound', {
        ...FOR_NOW,
        code: 'PERSISTED_QUERY_NOT_FOUND',
        extensions: {
          advice:
            'No document has this id here: send the document once, with its SHA-256 beside it.',
        },
      })
    : refusal('PersistedQueryNotSupported', {
        ...FOR_NOW,
        code: 'PERSISTED_QUERY_NOT_SUPPORTED',
        extensions: {
          advice:
            'No document has this id, and none can be registered here: send the document itself.',
        },
      });

const mismatch = () =>
  refusal(
    'This id is not that of this document: compute the SHA-256 of its text in UTF-8, in lower-case hexadecimal digits, or send one of the two only.',
    { code: 'PERSISTED_QUERY_HASH_MISMATCH' },
  );

const notTrusted = (id: string) =>
  refusal(
    'Only documents that the operator of this service trusts are carried out here: ask for one of them by its id, or have yours added under the id that stands beside this message.',
    { code: 'DOCUMENT_NOT_TRUSTED', extensions: { documentId: id } },
  );
