import type { GraphQLDataSource } from '@apollo/gateway';
import {
  GraphQLError,
  isInterfaceType,
  OperationTypeNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import { boundedCache } from '../transport/boundedCache.ts';
import { isRecord } from '../../subgraphs/shared/isRecord.ts';
import { subgraphFault } from '../transport/subgraphFault.ts';
import type { SubgraphResult, Transport, TransportLog } from '../transport/Transport.ts';
import type { Client } from '../policy/cost/Client.ts';
import type { Freshness } from '../policy/responses/Freshness.ts';
import type { ForwardedHeaders } from '../policy/forwardedHeaders.ts';
import { ANYONE, type Viewer } from '../../subgraphs/shared/Viewer.ts';
import { fetchedPaths, readFetchOperation, type FetchOperation } from './fetchOperation.ts';
import { fitsOperation } from './fitsOperation.ts';

/** What each client request carries through Apollo's server and gateway. */
export interface RequestContext {
  viewer: Viewer;
  /** What the client's own headers pass on. */
  headers?: ForwardedHeaders | undefined;
  /** Aborted when the client goes away before it has its answer. */
  signal: AbortSignal;
  /** Where it comes from. */
  client?: Client | undefined;
  /** Whether it is shown the plan of its query. */
  showsPlan?: boolean;
  /** To be told how fresh the answer is for everybody, if it is. */
  tellFreshness?: (freshness: Freshness | undefined) => void;
  requestId?: string | undefined;
}

export interface DataSourceSettings {
  /** The name of the subgraph. */
  subgraph: string;
  transport: Transport;
  /** The schema of the supergraph. */
  schema: GraphQLSchema;
  log: TransportLog;
}

const READ_OPERATIONS = 1_000;

/**
 * A transport as Apollo's gateway wants it. The gateway merges whatever it is given, and leaves errors
 * without a path alone: so answers of the wrong shape become errors here, and every error gets a path.
 */
export function createDataSource({
  subgraph,
  transport,
  schema,
  log,
}: DataSourceSettings): GraphQLDataSource<RequestContext> {
  const read = boundedCache(READ_OPERATIONS, (query) => readFetchOperation(query, schema));

  return {
    async process(options) {
      const { query = '', operationName, variables = {} } = options.request;
      const operation = read(query);
      const representations: unknown = variables['representations'];
      const entities = Array.isArray(representations) ? representations : [];

      const result = await transport.fetch(
        { query, operationName, variables },
        {
          clientRequest: options.context,
          viewer: viewerOf(options),
          headers: 'incomingRequestContext' in options ? options.context.headers : undefined,
          signal: signalOf(options),
          requestId: 'incomingRequestContext' in options ? options.context.requestId : undefined,
        },
      );
      const { data, errors } = withoutEntitiesNull(result);
      if (data && !fitsOperation(data, operation, entities)) {
        const cause = 'the data have another shape than the operation asked for';
        const fault = subgraphFault('SUBGRAPH_INVALID_RESPONSE', subgraph, cause, log);
        return { data: null, errors: withPaths(fault.errors ?? [], operation, entities) };
      }
      keepConcreteTypes(data, schema);
      return { data, errors: errors && withPaths(errors, operation, entities) };
    },
  };
}

/** Apollo's gateway asks for some things by itself: as nobody in particular. */
function viewerOf(options: Parameters<GraphQLDataSource<RequestContext>['process']>[0]) {
  return 'incomingRequestContext' in options ? options.context.viewer : ANYONE;
}

/** A mutation goes on when its client leaves: cut off halfway, nobody could tell what was done. */
function signalOf(options: Parameters<GraphQLDataSource<RequestContext>['process']>[0]) {
  if (!('incomingRequestContext' in options)) return undefined;
  const { operation, context } = options.incomingRequestContext;
  return operation.operation === OperationTypeNode.MUTATION ? undefined : context.signal;
}

function withoutEntitiesNull({ data, errors }: SubgraphResult): SubgraphResult {
  return { data: errors && data?.['_entities'] === null ? null : data, errors };
}

/**
 * A subgraph that knows an entity by its interface only would rename it to that, and no fragment on its
 * concrete type would hold any more: the entity keeps the type by which it was asked for.
 */
function keepConcreteTypes(data: SubgraphResult['data'], schema: GraphQLSchema): void {
  const entities = data?.['_entities'];
  if (!Array.isArray(entities)) return;
  for (const entity of entities as unknown[]) {
    if (!isRecord(entity)) continue;
    const typename = entity['__typename'];
    if (typeof typename === 'string' && isInterfaceType(schema.getType(typename))) {
      delete entity['__typename'];
    }
  }
}

/** An error that names no field stands for all that the fetch would have brought. */
function withPaths(
  errors: readonly GraphQLFormattedError[],
  operation: FetchOperation,
  representations: readonly unknown[],
): GraphQLFormattedError[] {
  return errors.flatMap((error): GraphQLFormattedError | GraphQLFormattedError[] => {
    if (error.path && !isEntitiesPath(error.path)) return error;
    const { message, extensions } = error;
    const originalError = error instanceof Error ? error : undefined;
    return fetchedPaths(operation, representations).map(
      (path) => new GraphQLError(message, { path, extensions, originalError }),
    );
  });
}

function isEntitiesPath(path: readonly (string | number)[]) {
  return path.length === 1 && path[0] === '_entities';
}
