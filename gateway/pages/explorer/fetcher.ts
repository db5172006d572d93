import type { Fetcher } from '@graphiql/toolkit';
import { getOperationAST, OperationTypeNode, parse } from 'graphql';
import { askGraph, type GraphAnswer } from '../shared/askGraph.ts';
import { openLive } from '../shared/subscribeToGraph.ts';
import { authorization, updateSession, type Told } from './session.ts';

/**
 * Asks the gateway for GraphiQL, with the key of the session. The plan and the cost are asked for too; the page shows
 * them in a panel of their own, not in the result.
 */
export const fetcher: Fetcher = async (request, options) => {
  const { query, operationName } = request;
  // GraphiQL says `any` of them.
  const variables = (request.variables ?? {}) as Record<string, unknown>;
  const headers = {
    ...authorization(),
    ...(options?.headers as Record<string, string>),
  };
  if (isSubscription(query, operationName)) return follow({ query, variables, operationName });
  if (operationName === 'IntrospectionQuery') {
    return askGraph({ query }, {}, { headers }) as never;
  }
  const start = performance.now();
  const answer = await askGraph<unknown, object>(
    { query, ...(operationName && { operationName }) },
    variables,
    { headers: { ...headers, 'antq-cost': '1', 'apollo-query-plan-experimental': '1' } },
  );
  const { extensions = {}, ...others } = answer;
  const { planSteps, __queryPlanExperimental, cost, ...kept } = extensions as Told &
    Record<string, unknown>;
  updateSession({
    last: {
      query,
      variables,
      told: {
        ...(planSteps && { planSteps }),
        ...(__queryPlanExperimental && { __queryPlanExperimental }),
        ...(cost && { cost }),
      },
      ms: performance.now() - start,
    },
  });
  const shown: GraphAnswer<unknown> = Object.keys(kept).length
    ? { ...others, extensions: kept }
    : others;
  return shown as never;
};

let live: ReturnType<typeof openLive> | undefined;

/** Shows each event in the place of the one before, until the client stops it. */
function follow({
  query,
  variables,
  operationName,
}: {
  query: string;
  variables: Record<string, unknown>;
  operationName?: string | null | undefined;
}) {
  live ??= openLive({ shown: authorization });
  return live.iterate({ query, variables, ...(operationName && { operationName }) }) as never;
}

function isSubscription(query: string, operationName: string | null | undefined): boolean {
  try {
    return (
      getOperationAST(parse(query), operationName)?.operation === OperationTypeNode.SUBSCRIPTION
    );
  } catch {
    return false;
  }
}
