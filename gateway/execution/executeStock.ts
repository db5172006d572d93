import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { GraphQLError, Kind, type ExecutionResult } from 'graphql';
import type { RequestContext } from './createDataSource.ts';
import { refusingTooComplex } from './refusingTooComplex.ts';
import { shorten } from './shorten.ts';
import { unknownOperation } from './unknownOperation.ts';

type Data = Record<string, unknown>;
type Extensions = Record<string, unknown>;
type Loaded = Awaited<
  ReturnType<ApolloServerOptionsWithGateway<RequestContext>['gateway']['load']>
>;

/** Carries out an operation and its plan, as Apollo's server asks for it. */
export type Execute = NonNullable<Loaded['executor']>;

/**
 * Execution by Apollo's own gateway. What its answers lack is mended: a null where none may be is an
 * error, and a fault of ours is no bad request.
 */
export function executeStock(execute: Execute): Execute {
  return async (requestContext) => {
    if (!requestContext.operation) return { errors: [unknownOperation(requestContext.document)] };
    return mend(await refusingTooComplex(() => execute(requestContext)));
  };
}

function mend(result: ExecutionResult<Data, Extensions>): ExecutionResult<Data, Extensions> {
  const { valueCompletion, ...extensions } = result.extensions ?? {};
  const errors = [...(result.errors ?? []), ...nullsWhereNoneMayBe(valueCompletion)];
  if (errors.length === 0) return result;
  const refused = result.data === undefined && errors.every(isFaultOfRequest);
  return {
    errors: shorten(errors),
    // Without data, an answer would count as a bad request, status 400.
    data: refused ? undefined : (result.data ?? null),
    extensions: Object.keys(extensions).length > 0 ? extensions : undefined,
  };
}

function nullsWhereNoneMayBe(valueCompletion: unknown): GraphQLError[] {
  if (!Array.isArray(valueCompletion)) return [];
  return valueCompletion
    .filter((error) => error instanceof GraphQLError)
    .map(
      ({ message, path }) =>
        new GraphQLError(message, { path, extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' } }),
    );
}

function isFaultOfRequest({ nodes, extensions }: GraphQLError) {
  return (
    nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION || extensions['code'] === 'OPERATION_TOO_COMPLEX'
  );
}
