import { askSubgraph } from '../askSubgraph.ts';
import type { WireSettings } from '../CheckSettings.ts';
import { findEntities } from '../findEntities.ts';
import { note, stepResult, warning, type StepResult } from '../StepResult.ts';

const CALLS = 20;

/** Times some calls, one after the other: of an entity where there is one, as the gateway would. */
export async function checkLatency(settings: WireSettings): Promise<StepResult> {
  const [entity] = findEntities(settings.name, settings.typeDefs);
  const times: number[] = [];
  for (let call = 0; call < CALLS; call++) {
    const { milliseconds } = entity
      ? await askSubgraph(
          settings,
          'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }',
          { representations: [entity.representation(call)] },
        )
      : await askSubgraph(settings, '{ __typename }');
    times.push(milliseconds);
  }
  times.sort((a, b) => a - b);
  const [half = 0, most = 0] = [times[CALLS / 2], times[Math.floor(CALLS * 0.95)]];
  const figures = `of ${CALLS} calls half took ${half.toFixed(1)} ms or less, 95 % took ${most.toFixed(1)} ms or less`;
  return stepResult('latency', [
    most > settings.slowMs
      ? warning(
          `${figures}: more than ${settings.slowMs} ms each is felt in every query that uses it; ask your database once for all representations`,
        )
      : note(figures),
  ]);
}
