import { askSubgraph, type AskSettings } from '../askSubgraph.ts';
import { error, note, stepResult, type StepResult } from '../StepResult.ts';

/** Whether a GraphQL service answers at the address. */
export async function checkReach(settings: AskSettings): Promise<StepResult> {
  const { data, errors } = await askSubgraph(settings, '{ __typename }');
  if (data) return stepResult('reach', [note(`a GraphQL service answers at ${settings.url}`)]);
  const reasons = errors.map(({ message }) => message).join('; ');
  return stepResult('reach', [
    error(
      `{ __typename } is refused (${reasons}): the gateway must be let in, without more than it sends`,
    ),
  ]);
}
