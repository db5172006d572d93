import { prettyFormatQueryPlan } from '@apollo/query-planner';
import type { RequestContext } from './createDataSource.ts';
import { createExecutor, type ExecutorSettings, type OperationResult } from './createExecutor.ts';
import type { Execute } from './executeStock.ts';
import { JsonText } from './JsonText.ts';
import { refusingTooComplex } from './refusingTooComplex.ts';
import { shorten } from './shorten.ts';

export interface CompiledExecutionSettings extends ExecutorSettings {
  /** Whether clients may ask for the plan of their query. */
  queryPlans: boolean;
}

/** The header by which a client asks for the plan of its query. */
const PLAN_HEADER = 'apollo-query-plan-experimental';

/** Execution by our own executor, as Apollo's server asks for it. */
export function executeCompiled({ queryPlans, ...settings }: CompiledExecutionSettings): Execute {
  const executor = createExecutor(settings);
  return async ({ document, request, context }) => {
    const showsPlan = queryPlans && request.http?.headers.has(PLAN_HEADER) === true;
    const { data, errors, plan }: OperationResult = await refusingTooComplex(() =>
      executor.execute({
        document,
        operationName: request.operationName,
        variables: request.variables ?? {},
        clientRequest: context,
        // Apollo does not say what its context is: it is what the server was given.
        signal: (context as RequestContext).signal,
      }),
    );
    return {
      data: data === undefined ? undefined : new JsonText(data),
      errors: errors.length ? shorten(errors) : undefined,
      extensions:
        showsPlan && plan ? { __queryPlanExperimental: prettyFormatQueryPlan(plan) } : undefined,
    };
  };
}
