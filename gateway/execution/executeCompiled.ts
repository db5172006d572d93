import { prettyFormatQueryPlan } from '@apollo/query-planner';
import { recordSteps } from '../transport/recordingSteps.ts';
import type { RequestContext } from './createDataSource.ts';
import type { ExecuteOperation } from './createExecutor.ts';
import type { Execute } from './executeStock.ts';
import { JsonText } from './JsonText.ts';
import { freshnessOf } from '../policy/responses/Freshness.ts';
import { shorten } from './shorten.ts';

/** Execution by our own executor, as Apollo's server asks for it. */
export function executeCompiled(execute: ExecuteOperation): Execute {
  return async ({ document, request, context }) => {
    // Apollo does not say what its context is: it is what the server was given.
    const { viewer, headers, signal, client, requestId, showsPlan, tellFreshness } =
      context as RequestContext;
    const planSteps = showsPlan ? recordSteps(context) : undefined;
    const result = await execute({
      document,
      operationName: request.operationName,
      variables: request.variables ?? {},
      clientRequest: context,
      viewer,
      headers,
      signal,
      client,
      showsPlan,
      requestId,
    });
    tellFreshness?.(freshnessOf(result));
    const { data, errors, extensions, plan } = result;
    return {
      data: data === undefined ? undefined : new JsonText(data),
      errors: errors.length ? shorten(errors) : undefined,
      extensions:
        planSteps && plan
          ? {
              ...extensions,
              __queryPlanExperimental: prettyFormatQueryPlan(plan),
              planSteps: planSteps(),
            }
          : extensions,
    };
  };
}
