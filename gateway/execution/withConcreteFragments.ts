import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isUnionType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * The same operation, with its fragments on interfaces and unions taken apart into one for each type that
 * an object can have there. It asks for no more and no less, and the planner gets along with it where it
 * fails over the other: objects that a subgraph knows by their interface only, under a fragment on
 * another abstract type.
 */
export function withConcreteFragments(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    }
  }

  const expandSet = ({ selections }: SelectionSetNode, parent: GraphQLCompositeType) => {
    const expanded = selections.flatMap((selection) => expand(selection, parent));
    return { kind: Kind.SELECTION_SET as const, selections: expanded };
  };

  const expand = (selection: SelectionNode, parent: GraphQLCompositeType): SelectionNode[] => {
    if (selection.kind === Kind.FIELD) return [expandField(selection, parent)];
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
    if (!fragment) return [];
    const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
    const inside = isCompositeType(condition) ? condition : parent;
    if (inside === parent) return [...expandSet(fragment.selectionSet, parent).selections];
    return typesOf(schema, inside)
      .filter((type) => typesOf(schema, parent).includes(type))
      .flatMap((type) => fragmentOn(type, expandSet(fragment.selectionSet, type)));
  };

  const expandField = (node: FieldNode, parent: GraphQLCompositeType): FieldNode => {
    const field = isUnionType(parent) ? undefined : parent.getFields()[node.name.value];
    const type = field && getNamedType(field.type);
    if (!node.selectionSet || !isCompositeType(type)) return node;
    const selectionSet = expandSet(node.selectionSet, type);
    return { ...node, selectionSet: selectionSet.selections.length ? selectionSet : TYPENAME_ONLY };
  };

  const definitions = document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return [];
    const root = schema.getRootType(definition.operation);
    return root
      ? [{ ...definition, selectionSet: expandSet(definition.selectionSet, root) }]
      : [definition];
  });
  return { kind: Kind.DOCUMENT, definitions };
}

export const TYPENAME_ONLY: SelectionSetNode = {
  kind: Kind.SELECTION_SET,
  selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
};

function typesOf(schema: GraphQLSchema, type: GraphQLCompositeType): readonly GraphQLObjectType[] {
  if (isAbstractType(type)) return schema.getPossibleTypes(type);
  return isObjectType(type) ? [type] : [];
}

function fragmentOn(
  { name }: GraphQLObjectType,
  selectionSet: SelectionSetNode,
): InlineFragmentNode[] {
  if (!selectionSet.selections.length) return [];
  const typeCondition = {
    kind: Kind.NAMED_TYPE as const,
    name: { kind: Kind.NAME as const, value: name },
  };
  return [{ kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet }];
}
