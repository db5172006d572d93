import {
  Kind,
  parseType,
  type ArgumentNode,
  type FieldNode,
  type SelectionSetNode,
  type ValueNode,
  type VariableDefinitionNode,
} from 'graphql';

/** A field without arguments, with these fields below it. */
export const select = (name: string, ...below: FieldNode[]): FieldNode => ({
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: name },
  ...(below.length && { selectionSet: { kind: Kind.SELECTION_SET, selections: below } }),
});

/** A variable in the place of a value. */
export const variable = (name: string): ValueNode => ({
  kind: Kind.VARIABLE,
  name: { kind: Kind.NAME, value: name },
});

/** The arguments of a field, with others in the place of those of the same names. */
export const withArguments = (
  { arguments: given = [] }: FieldNode,
  values: Record<string, ValueNode>,
): ArgumentNode[] => [
  ...given.filter(({ name }) => !(name.value in values)),
  ...Object.entries(values).map(([name, value]): ArgumentNode => ({
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: name },
    value,
  })),
];

/** A selection with more fields. */
export const withFields = (set: SelectionSetNode, ...fields: FieldNode[]): SelectionSetNode => ({
  ...set,
  selections: [...set.selections, ...fields],
});

/** A field under another name. */
export const aliased = (alias: string, field: FieldNode): FieldNode => ({
  ...field,
  alias: { kind: Kind.NAME, value: alias },
});

/** Defines a variable. */
export const define = (name: string, type: string): VariableDefinitionNode => ({
  kind: Kind.VARIABLE_DEFINITION,
  variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } },
  type: parseType(type),
});
