import {
  Kind,
  OperationTypeNode,
  parse,
  print,
  visit,
  type DefinitionNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from 'graphql';

/** Several queries as one. */
export interface MergedQuery {
  text: string;
  /** For each query: what its names begin with in the whole, and the names of its root fields. */
  parts: { prefix: string; names: string[] }[];
}

/** Makes one query of several, whose names get a prefix each; undefined when that can't be done. */
export function mergeQueries(texts: readonly string[]): MergedQuery | undefined {
  const queries = texts.map((text, index) => readQuery(text, `_${index}_`));
  if (!queries.every((query) => query !== undefined)) return undefined;
  const operation: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: OperationTypeNode.QUERY,
    variableDefinitions: queries.flatMap((query) => query.operation.variableDefinitions ?? []),
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: queries.flatMap((query) => query.fields),
    },
  };
  const definitions: DefinitionNode[] = [operation, ...queries.flatMap((query) => query.fragments)];
  return {
    text: print({ kind: Kind.DOCUMENT, definitions }),
    parts: queries.map(({ prefix, names }) => ({ prefix, names })),
  };
}

function readQuery(text: string, prefix: string) {
  const document = visit(parse(text, { noLocation: true }), {
    Variable: ({ name, ...node }) => ({ ...node, name: prefixed(name.value) }),
    FragmentSpread: ({ name, ...node }) => ({ ...node, name: prefixed(name.value) }),
    FragmentDefinition: ({ name, ...node }) => ({ ...node, name: prefixed(name.value) }),
  });
  function prefixed(name: string) {
    return { kind: Kind.NAME as const, value: prefix + name };
  }

  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const [operation] = operations;
  const selections = operation?.selectionSet.selections ?? [];
  const fields = selections.filter((selection) => selection.kind === Kind.FIELD);
  const isPlain =
    operations.length === 1 &&
    operation?.operation === OperationTypeNode.QUERY &&
    !operation.directives?.length;
  if (!operation || !isPlain || fields.length < selections.length) return undefined;

  const names = fields.map(({ alias, name }) => (alias ?? name).value);
  return {
    prefix,
    operation,
    names,
    fields: fields.map((field, index): FieldNode => ({
      ...field,
      alias: prefixed(names[index] ?? ''),
    })),
    fragments: document.definitions.filter(
      (definition): definition is FragmentDefinitionNode =>
        definition.kind === Kind.FRAGMENT_DEFINITION,
    ),
  };
}
