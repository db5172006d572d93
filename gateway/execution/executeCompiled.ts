import { prettyFormatQueryPlan } from '@apollo/query-planner';
import type { RequestContext } from './createDataSource.ts';
import type { ExecuteOperation } from './createExecutor.ts';
import type { Execute } from './executeStock.ts';
import { JsonText } from './JsonText.ts';
import { shorten } from './shorten.ts';

/** The header by which a client asks for the plan of its query. */
const PLAN_HEADER = 'apollo-query-plan-experimental';

/** Execution by our own executor, as Apollo's server asks for it. */
export function executeCompiled(
  execute: ExecuteOperation,
  { queryPlans }: { queryPlans: boolean },
): Execute {
  return async ({ document, request, context }) => {
    // Apollo does not say what its context is: it is what the server was given.
    const { viewer, headers, signal, client, requestId } = context as RequestContext;
    const showsPlan = queryPlans && request.http?.headers.has(PLAN_HEADER) === true;
    const { data, errors, extensions, plan } = await execute({
      document,
      operationName: request.operationName,
      variables: request.variables ?? {},
      clientRequest: context,
      viewer,
      headers,
      signal,
      client,
      requestId,
    });
    return {
      data: data === undefined ? undefined : new JsonText(data),
      errors: errors.length ? shorten(errors) : undefined,
      extensions:
        showsPlan && plan
          ? { ...extensions, __queryPlanExperimental: prettyFormatQueryPlan(plan) }
          : extensions,
    };
  };
}
