import type { FieldNode } from 'graphql';

/** Ends the names that clients chose, in what is planned and fetched. */
const CHOSEN = '__c';

/**
 * The name under which a field is planned and fetched. A field with an alias or with arguments gets one
 * that no other can have, so that it never merges with what the planner adds under the plain name: the
 * fields of keys and of @requires, and `__typename`.
 */
export function innerName({ alias, name, arguments: given }: FieldNode): string {
  const isPlain = (!alias || alias.value === name.value) && !given?.length;
  if (isPlain && !name.value.endsWith(CHOSEN)) return name.value;
  return (alias ?? name).value + CHOSEN;
}

/** The client's name for a field. */
export const responseName = ({ alias, name }: FieldNode) => (alias ?? name).value;

/** The client's name for what was planned and fetched under `name`. */
export const outerName = (name: string) =>
  name.endsWith(CHOSEN) ? name.slice(0, -CHOSEN.length) : name;

/** The planner adds this to a name that has different types in different objects, and takes it off again. */
export const withoutPlannerAlias = (name: string) => name.replace(/__alias_\d+$/, '');

/** Whether a field asks the schema itself. */
export const isAboutSchema = ({ name }: FieldNode) =>
  name.value === '__schema' || name.value === '__type';
