import type { Fetcher } from '@graphiql/toolkit';
import { askGraph, type GraphAnswer } from '../shared/askGraph.ts';
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
