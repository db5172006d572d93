import {
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * How often a document asks for one and the same field at most: what stands under one name at one place of the
 * answer. Validation compares each of them with each. Fragments must not contain themselves, and what they
 * multiply to must have been bounded.
 */
export function countRepeats({ definitions }: DocumentNode): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    }
  }
  const collect = ({ selections }: SelectionSetNode, into: Map<string, FieldNode[]>) => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const fields = into.get(name);
        if (fields) fields.push(selection);
        else into.set(name, [selection]);
      } else {
        const fragment =
          selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
        if (fragment) collect(fragment.selectionSet, into);
      }
    }
  };
  const most = (sets: readonly SelectionSetNode[]): number => {
    const byName = new Map<string, FieldNode[]>();
    for (const set of sets) collect(set, byName);
    let repeats = 0;
    for (const fields of byName.values()) {
      const below = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
      repeats = Math.max(repeats, fields.length, below.length ? most(below) : 0);
    }
    return repeats;
  };
  return definitions.reduce(
    (repeats, definition) =>
      'selectionSet' in definition && definition.selectionSet
        ? Math.max(repeats, most([definition.selectionSet]))
        : repeats,
    0,
  );
}
