import { UserError } from '../../../subgraphs/shared/UserError.ts';
import { askSubgraph, type AskSettings } from '../askSubgraph.ts';
import type { WireSettings } from '../CheckSettings.ts';
import { findDifferences } from '../sdlElements.ts';
import { error, note, stepResult, type StepResult } from '../StepResult.ts';

const SERVICE_QUERY = '{ _service { sdl } }';

/**
 * Asks a running subgraph for its SDL.
 * Rejects with a UserError that says what to do when it gives none.
 */
export async function fetchSdl(settings: AskSettings): Promise<string> {
  const { data, errors } = await askSubgraph(settings, SERVICE_QUERY);
  const { sdl } = (data?.['_service'] ?? {}) as { sdl?: unknown };
  if (typeof sdl === 'string') return sdl;
  const reasons = errors.map(({ message }) => message).join('; ') || 'no error either';
  throw new UserError(
    `${SERVICE_QUERY} gives no SDL (${reasons}): build the schema with your library's support for federation`,
  );
}

/** Whether `_service` gives the SDL that was checked; order and descriptions do not matter. */
export async function checkService(settings: WireSettings): Promise<StepResult> {
  const { name, sdl, source, url } = settings;
  const served = await fetchSdl(settings);
  const differences = findDifferences(name, { sdl, source }, { sdl: served, source: url });
  return stepResult('service', [
    ...differences.map(error),
    note(
      differences.length
        ? `check the SDL that runs: save what { _service { sdl } } gives as ${source}, or restart the server with the file`
        : 'the running subgraph has the SDL that was checked',
    ),
  ]);
}
