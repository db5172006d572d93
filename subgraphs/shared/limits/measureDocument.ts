import {
  Kind,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

/** What selections come to, counting each use of a fragment. */
interface Size {
  selections: number;
  depth: number;
  /** Fields that stand at the top, fragments taken away. */
  topFields: number;
  aliases: number;
  directives: number;
}

/** What a document comes to: of its operations and fragments the largest, of all else the most. */
export interface DocumentSize {
  operations: number;
  fragments: number;
  selections: number;
  depth: number;
  rootFields: number;
  aliases: number;
  directives: number;
  directivesPerPlace: number;
  longestList: number;
  /** The name of a fragment that contains itself. */
  cycle: string | undefined;
}

/** Measures a document in one pass: each fragment once, however often it is used. */
export function measureDocument({ definitions }: DocumentNode): DocumentSize {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    }
  }
  const whole: DocumentSize = {
    operations: 0,
    fragments: 0,
    selections: 0,
    depth: 0,
    rootFields: 0,
    aliases: 0,
    directives: 0,
    directivesPerPlace: 0,
    longestList: 0,
    cycle: undefined,
  };
  const sizes = new Map<string, Size | 'begun'>();

  const ofFragment = (name: string): Size => {
    const known = sizes.get(name);
    if (known === 'begun') whole.cycle ??= name;
    if (typeof known === 'object') return known;
    const fragment = fragments.get(name);
    if (known || !fragment) return nothing();
    sizes.set(name, 'begun');
    const size = ofSelections(fragment.selectionSet);
    size.directives += directivesOf(fragment);
    sizes.set(name, size);
    return size;
  };
  const ofSelections = ({ selections }: SelectionSetNode): Size => {
    const size = nothing();
    for (const selection of selections) {
      size.selections += 1;
      size.directives += directivesOf(selection);
      if (selection.kind === Kind.FIELD) {
        for (const { value } of selection.arguments ?? []) lookAtLists(value);
        const below = selection.selectionSet ? ofSelections(selection.selectionSet) : nothing();
        add(size, { ...below, depth: below.depth + 1, topFields: 1 });
        if (selection.alias) size.aliases += 1;
      } else {
        add(
          size,
          selection.kind === Kind.INLINE_FRAGMENT
            ? ofSelections(selection.selectionSet)
            : ofFragment(selection.name.value),
        );
      }
    }
    return size;
  };
  const directivesOf = ({ directives = [] }: { directives?: readonly DirectiveNode[] }) => {
    for (const directive of directives) {
      for (const { value } of directive.arguments ?? []) lookAtLists(value);
    }
    whole.directivesPerPlace = Math.max(whole.directivesPerPlace, directives.length);
    return directives.length;
  };
  const lookAtLists = (value: ValueNode) => {
    if (value.kind === Kind.LIST) {
      whole.longestList = Math.max(whole.longestList, value.values.length);
      value.values.forEach(lookAtLists);
    } else if (value.kind === Kind.OBJECT) {
      for (const field of value.fields) lookAtLists(field.value);
    }
  };
  const atMost = (size: Size) => {
    whole.selections = Math.max(whole.selections, size.selections);
    whole.depth = Math.max(whole.depth, size.depth);
    whole.aliases = Math.max(whole.aliases, size.aliases);
    whole.directives = Math.max(whole.directives, size.directives);
  };

  for (const definition of definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      whole.operations += 1;
      const size = ofSelections(definition.selectionSet);
      size.directives += directivesOf(definition);
      for (const variable of definition.variableDefinitions ?? []) {
        size.directives += directivesOf(variable);
        if (variable.defaultValue) lookAtLists(variable.defaultValue);
      }
      whole.rootFields = Math.max(whole.rootFields, size.topFields);
      atMost(size);
    } else if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      whole.fragments += 1;
      atMost(ofFragment(definition.name.value));
    }
  }
  return whole;
}

const nothing = (): Size => ({ selections: 0, depth: 0, topFields: 0, aliases: 0, directives: 0 });

function add(size: Size, more: Size) {
  size.selections += more.selections;
  size.depth = Math.max(size.depth, more.depth);
  size.topFields += more.topFields;
  size.aliases += more.aliases;
  size.directives += more.directives;
}
