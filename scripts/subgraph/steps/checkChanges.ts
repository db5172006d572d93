import { buildSchema } from 'graphql';
import { describeUse, findApiChanges } from '../apiChanges.ts';
import type { Compositions } from '../CheckSettings.ts';
import { error, note, stepResult, warning, type StepResult } from '../StepResult.ts';

/** Compares what clients see without and with the subgraph; what breaks a saved operation is an error. */
export async function checkChanges(
  { before, after }: Compositions,
  operationDirs: readonly string[],
): Promise<StepResult> {
  const changes = await findApiChanges(
    buildSchema(before.api),
    buildSchema(after.api),
    operationDirs,
  );
  const ofLevel = (wanted: string) => changes.filter(({ level }) => level === wanted);
  const safe = ofLevel('safe');
  return stepResult('changes', [
    ...ofLevel('breaking').map(({ text, uses }) =>
      uses.length
        ? error(`${text}: breaks ${uses.map(describeUse).join(', ')}`)
        : warning(`${text}: breaking, but no saved operation uses it`),
    ),
    ...ofLevel('dangerous').map(({ text, uses }) =>
      note(
        `${text}: may surprise ${uses.map(describeUse).join(', ') || 'clients; no saved operation uses it'}`,
      ),
    ),
    note(
      safe.length
        ? `changes that break nobody: ${safe.length}, such as: ${safe[0]?.text}`
        : 'no other changes of the API',
    ),
  ]);
}
