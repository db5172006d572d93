import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  parse,
  print,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

type Path = readonly (string | number)[];

/** Where the record that holds a value says where it comes from. */
export interface SourceQuery {
  query: string;
  /** From the data to the record. */
  path: Path;
}

/** What a record says about itself beside its values. */
const ABOUT = ['provenance', 'inferences', 'conflictsWith', 'isDisputed', 'notes'];

/**
 * Makes a query that asks for the source of one value in an answer: the same operation, without all that does not lead
 * to the innermost record around it that has `provenance`, and with what that record says about itself.
 * @param path From the data to the value.
 * @returns undefined where no record around the value has a source of its own.
 */
export function sourceQuery(
  schema: GraphQLSchema,
  query: string,
  operationName: string | undefined,
  path: Path,
): SourceQuery | undefined {
  const document = parse(query);
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      (operationName === undefined || definition.name?.value === operationName),
  );
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) return undefined;

  const chain: { node: FieldNode; type: GraphQLCompositeType; length: number }[] = [];
  let type: GraphQLCompositeType = root;
  let set: SelectionSetNode | undefined = operation.selectionSet;
  for (const [index, key] of path.entries()) {
    if (typeof key === 'number') {
      const last = chain.at(-1);
      if (last) last.length = index + 1;
      continue;
    }
    const found: { node: FieldNode; parent: GraphQLCompositeType } | undefined =
      set && findField(schema, document, set, type, key);
    const field: GraphQLField<unknown, unknown> | undefined =
      found && 'getFields' in found.parent
        ? found.parent.getFields()[found.node.name.value]
        : undefined;
    const next: GraphQLNamedType | undefined = field && getNamedType(field.type);
    if (!found || !next || !isCompositeType(next)) break;
    chain.push({ node: withoutSelection(found.node), type: next, length: index + 1 });
    type = next;
    set = found.node.selectionSet;
  }
  while (chain.length) {
    const last = chain.at(-1);
    if (last && 'getFields' in last.type && 'provenance' in last.type.getFields()) break;
    chain.pop();
  }
  const record = chain.at(-1);
  if (!record) return undefined;

  const selections = chain.reduceRight<SelectionNode[]>(
    (inside, { node }) => [
      { ...node, selectionSet: { kind: Kind.SELECTION_SET, selections: inside } },
    ],
    aboutOf(record.type),
  );
  const asked: OperationDefinitionNode = {
    ...operation,
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
  return {
    query: print(withUsedVariables(asked)),
    path: path.slice(0, record.length),
  };
}

function findField(
  schema: GraphQLSchema,
  document: DocumentNode,
  set: SelectionSetNode,
  parent: GraphQLCompositeType,
  key: string,
): { node: FieldNode; parent: GraphQLCompositeType } | undefined {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      if ((selection.alias ?? selection.name).value === key) return { node: selection, parent };
      continue;
    }
    const fragment:
      | (Pick<FragmentDefinitionNode, 'selectionSet'> & {
          typeCondition?: FragmentDefinitionNode['typeCondition'] | undefined;
        })
      | undefined =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection
        : document.definitions.find(
            (definition): definition is FragmentDefinitionNode =>
              definition.kind === Kind.FRAGMENT_DEFINITION &&
              definition.name.value === selection.name.value,
          );
    const condition = fragment?.typeCondition
      ? schema.getType(fragment.typeCondition.name.value)
      : parent;
    if (!fragment || !isCompositeType(condition)) continue;
    const found = findField(schema, document, fragment.selectionSet, condition, key);
    // On a narrower type the field may be another one: then its source is not asked for.
    if (found) return found;
  }
  return undefined;
}

const withoutSelection = (node: FieldNode): FieldNode => ({ ...node, selectionSet: undefined });

/** What a type has of what records say about themselves, and what they are called. */
function aboutOf(type: GraphQLCompositeType): SelectionNode[] {
  const fields = 'getFields' in type ? type.getFields() : {};
  const called = ['id', 'name'].flatMap((name) =>
    fields[name] ? [select(name, valuesOf(fields[name].type, 1))] : [],
  );
  return [
    ...called,
    ...ABOUT.flatMap((name) =>
      fields[name]
        ? [select(name, valuesOf(fields[name].type, name === 'provenance' ? 2 : 1))]
        : [],
    ),
  ];
}

/** The values of a type, and those of the objects below it. */
function valuesOf(type: GraphQLOutputType, depth: number): FieldNode[] {
  const named = getNamedType(type);
  if (!isObjectType(named) && !isInterfaceType(named)) return [];
  return Object.values(named.getFields()).flatMap((field): FieldNode[] => {
    if (field.args.length) return [];
    if (isLeafType(getNamedType(field.type))) return [select(field.name)];
    const isText = getNamedType(field.type).name === 'LocalizedText';
    if ((depth < 2 && !isText) || isListType(getNullableType(field.type))) return [];
    const below = valuesOf(field.type, depth - 1);
    return below.length ? [select(field.name, below)] : [];
  });
}

const select = (name: string, selections: FieldNode[] = []): FieldNode => ({
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: name },
  ...(selections.length && { selectionSet: { kind: Kind.SELECTION_SET, selections } }),
});

function withUsedVariables(operation: OperationDefinitionNode): OperationDefinitionNode {
  const used = new Set<string>();
  visit(operation.selectionSet, { Variable: ({ name }) => void used.add(name.value) });
  return {
    ...operation,
    variableDefinitions: operation.variableDefinitions?.filter(({ variable }) =>
      used.has(variable.name.value),
    ),
  };
}
