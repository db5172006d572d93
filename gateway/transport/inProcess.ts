import { GraphQLError, Kind, parse, validate, type GraphQLSchema } from 'graphql';
import {
  createDocumentCompiler,
  type ExecuteDocument,
} from '../../subgraphs/shared/compileDocument.ts';
import { subscribeTo } from '../../subgraphs/shared/live/subscribeTo.ts';
import { boundedCache } from './boundedCache.ts';
import { failedFetch } from './subgraphFault.ts';
import type { Viewer } from '../../subgraphs/shared/Viewer.ts';
import {
  logFor,
  RefusedBySubgraph,
  type FetchOptions,
  type Transport,
  type TransportLog,
} from './Transport.ts';
import { withDeadline } from './withDeadline.ts';

/** A subgraph that runs in the gateway's own process. */
export interface InProcessSubgraph {
  name: string;
  schema: GraphQLSchema;
  /** What resolvers share during one client request: who asks, and its loaders. */
  createContext(viewer: Viewer): unknown;
  /** Whether it can answer: whether its database does. */
  isReady?(): Promise<boolean>;
}

export interface InProcessTransportSettings {
  subgraph: InProcessSubgraph;
  timeoutMs: number;
  log: TransportLog;
}

type PreparedQuery = { run: ExecuteDocument } | { errors: readonly GraphQLError[] };

const PREPARED_QUERIES = 1_000;

/**
 * Executes a subgraph's operations in this process. All fetches of one client request share one subgraph
 * context, so that its loaders batch and remember across them.
 */
export function createInProcessTransport({
  subgraph,
  timeoutMs,
  log,
}: InProcessTransportSettings): Transport {
  const { name, schema } = subgraph;
  const compile = createDocumentCompiler(schema);
  const prepare = boundedCache(PREPARED_QUERIES, (query): PreparedQuery => {
    const document = parse(query, { noLocation: true });
    const errors = validate(schema, document);
    return errors.length > 0 ? { errors } : { run: compile(document) };
  });
  const contexts = new WeakMap<object, { value: unknown }>();

  const contextOf = ({ clientRequest, viewer }: FetchOptions) => {
    const context = contexts.get(clientRequest) ?? { value: subgraph.createContext(viewer) };
    contexts.set(clientRequest, context);
    return context.value;
  };

  return {
    isTyped: true,
    async subscribe({ query, variables }, { viewer, lastEventId, signal }) {
      const document = parse(query, { noLocation: true });
      const errors = validate(schema, document);
      const events = errors.length
        ? errors
        : await subscribeTo(
            schema,
            { document, variables },
            // A subgraph says itself what its context is.
            () => subgraph.createContext(viewer) as object,
            { lastEventId, signal },
          );
      if (Symbol.asyncIterator in events) return events;
      throw new RefusedBySubgraph(events);
    },
    async fetch(request, options) {
      const { query, variables } = request;
      try {
        const prepared = prepare(query);
        if ('errors' in prepared) return prepared;

        // What has begun here can't be ended, but nothing more is begun for a client that has left.
        options.signal?.throwIfAborted();
        const work = () => prepared.run(contextOf(options), variables);
        const { data, errors } = await withDeadline(work, {
          timeoutMs: Math.min(timeoutMs, options.timeoutMs ?? timeoutMs),
        });
        return { data, errors: errors?.map(withCodeOfInput) };
      } catch (error) {
        return failedFetch(error, name, logFor(log, options), request);
      }
    },
  };
}

/** graphql-js gives refused variables no code; a server over HTTP would. */
function withCodeOfInput(error: GraphQLError): GraphQLError {
  if (error.nodes?.[0]?.kind !== Kind.VARIABLE_DEFINITION) return error;
  return new GraphQLError(error.message, {
    extensions: { code: 'BAD_USER_INPUT' },
    originalError: error,
  });
}
