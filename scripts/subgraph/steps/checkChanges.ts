import { buildSchema, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';
import { describeUse, findApiChanges } from '../apiChanges.ts';
import type { Compositions } from '../CheckSettings.ts';
import { error, note, stepResult, warning, type StepResult } from '../StepResult.ts';

const MOST_ADDITIONS = 12;

/** Compares what clients see without and with the subgraph; what breaks a saved operation is an error. */
export async function checkChanges(
  compositions: Compositions,
  operationDirs: readonly string[],
): Promise<StepResult> {
  const [before, after] = [
    buildSchema(compositions.before.api),
    buildSchema(compositions.after.api),
  ];
  const changes = await findApiChanges(before, after, operationDirs);
  const ofLevel = (wanted: string) => changes.filter(({ level }) => level === wanted);
  const added = additions(before, after);
  const more = added.length - MOST_ADDITIONS;
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
      added.length
        ? `adds ${added.slice(0, MOST_ADDITIONS).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
        : 'adds no types and no fields',
    ),
  ]);
}

/** New types, and new fields of known ones; a field of an interface stands for those of all its types. */
function additions(before: GraphQLSchema, after: GraphQLSchema): string[] {
  return Object.values(after.getTypeMap()).flatMap((type) => {
    const known = before.getType(type.name);
    if (!known) return [type.name];
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    const old = isObjectType(known) || isInterfaceType(known) ? known.getFields() : {};
    const inherited = new Set(
      type.getInterfaces().flatMap((parent) => Object.keys(parent.getFields())),
    );
    return Object.keys(type.getFields())
      .filter((name) => !(name in old) && !inherited.has(name))
      .map((name) => `${type.name}.${name}`);
  });
}
