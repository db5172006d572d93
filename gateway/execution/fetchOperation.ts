import {
  getOperationAST,
  isAbstractType,
  isObjectType,
  Kind,
  parse,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { isRecord } from '../../subgraphs/shared/isRecord.ts';

/** An operation that a plan sends to a subgraph, as far as its answer is judged by it. */
export interface FetchOperation {
  schema: GraphQLSchema;
  rootType: GraphQLNamedType | undefined;
  selectionSet: SelectionSetNode;
  /** What is asked of each entity, when the fetch is for entities by their representations. */
  entitySelectionSet: SelectionSetNode | undefined;
  fragments: Map<string, FragmentDefinitionNode>;
}

/** Reads the operation that a plan made; `schema` is that of the supergraph. */
export function readFetchOperation(query: string, schema: GraphQLSchema): FetchOperation {
  const document = parse(query, { noLocation: true });
  const operation = getOperationAST(document);
  if (!operation) throw new Error('a fetch of a plan is one operation');
  const { selectionSet } = operation;
  const entities = selectionSet.selections.find(
    (selection) => selection.kind === Kind.FIELD && selection.name.value === '_entities',
  );
  return {
    schema,
    rootType: schema.getRootType(operation.operation) ?? undefined,
    selectionSet,
    entitySelectionSet: entities?.kind === Kind.FIELD ? entities.selectionSet : undefined,
    fragments: new Map(
      document.definitions
        .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
        .map((fragment) => [fragment.name.value, fragment]),
    ),
  };
}

/** Where in its answer a fetch would have put something: a path for each field, of each entity. */
export function fetchedPaths(
  operation: FetchOperation,
  representations: readonly unknown[],
): (string | number)[][] {
  const { selectionSet, entitySelectionSet } = operation;
  if (!entitySelectionSet) return pathsBelow([], fieldNames(selectionSet, undefined, operation));
  return representations.flatMap((representation, index) => {
    const typename = isRecord(representation) ? representation['__typename'] : undefined;
    return pathsBelow(['_entities', index], fieldNames(entitySelectionSet, typename, operation));
  });
}

function pathsBelow(parent: (string | number)[], names: string[]) {
  return names.length > 0 ? names.map((name) => [...parent, name]) : [parent];
}

/** The response names of the fields that `selectionSet` asks of an object of type `typename`. */
function fieldNames(
  { selections }: SelectionSetNode,
  typename: unknown,
  operation: FetchOperation,
): string[] {
  const names = selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) {
      return selection.name.value === '__typename'
        ? []
        : [(selection.alias ?? selection.name).value];
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection
        : operation.fragments.get(selection.name.value);
    const condition = fragment?.typeCondition?.name.value;
    if (!fragment || (condition && !includesType(condition, typename, operation))) return [];
    return fieldNames(fragment.selectionSet, typename, operation);
  });
  return [...new Set(names)];
}

function includesType(condition: string, typename: unknown, { schema }: FetchOperation) {
  if (typeof typename !== 'string' || condition === typename) return true;
  const outer = schema.getType(condition);
  const inner = schema.getType(typename);
  return isAbstractType(outer) && isObjectType(inner) && schema.isSubType(outer, inner);
}
