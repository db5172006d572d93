import {
  getNamedType,
  getNullableType,
  GraphQLNonNull,
  GraphQLString,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  isUnionType,
  Kind,
  OperationTypeNode,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
} from 'graphql';
import { aliased, define, select, variable, withArguments, withFields } from './ast.ts';
import { toColumn, type Column } from './Column.ts';
import { hasCursors, isConnection, isEdge, isPartOfConnection } from './connections.ts';
import { selectAll } from './selectAll.ts';
import {
  CURSORS,
  EACH,
  MOST_PER_PAGE,
  OWN_PARAMETERS,
  OWN_PREFIX,
  PAGE,
  pageVariables,
  type Connection,
  type Level,
  type Table,
} from './Table.ts';
import { tableFault } from './tableFault.ts';

/**
 * By convention the field that tells where a record was printed. Its items make no rows of their own: they are listed
 * in cells.
 */
const PROVENANCE = 'provenance';

type Field = GraphQLField<unknown, unknown>;

interface Place {
  level: Level;
  /** From the level's object to here. */
  path: readonly string[];
  /** The names of what led here, without the parts of connections. */
  names: readonly string[];
  /** The same with them. */
  fullNames: readonly string[];
  /** Whether all above is always there. */
  isRequired: boolean;
  /** How many lists, each within the one before, a cell of the values from here on holds. */
  listDepth: number;
  /** How many lists have been entered; undefined where one of them is not followed. */
  depth: number | undefined;
  /** The connection that has been entered last, and whose list has not. */
  connection?: Connection | undefined;
}

/**
 * Reads a valid query as a table: one row for each item of its innermost list, with the values of all that is around
 * it. Connections are followed page by page, those within rows as well; columns are named by the way to their values.
 * @param document One query.
 * @param withProvenance Adds, to the innermost records that have it, where they were printed.
 * @throws GraphQLError where the query is no table, with what to do.
 */
export function readTable(
  schema: GraphQLSchema,
  document: DocumentNode,
  { withProvenance = false }: { withProvenance?: boolean } = {},
): Table {
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode =>
      definition.kind === Kind.OPERATION_DEFINITION,
  );
  const query = schema.getQueryType();
  if (!operation || !query || operation.operation !== OperationTypeNode.QUERY) {
    throw tableFault('TABLE_NOT_POSSIBLE', 'Only a query can be a table.');
  }
  const fragments = new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment): [string, FragmentDefinitionNode] => [fragment.name.value, fragment]),
  );
  const columns: Column[] = [];
  /** Names with the parts of connections, where without them two columns have the same. */
  const fullNames: string[] = [];
  const root: Level = { cells: [] };
  let followed = 0;
  let hasProvenance = !withProvenance;

  const addColumn = (field: Pick<Field, 'type' | 'description'>, key: string, place: Place) => {
    const path = [...place.path, key];
    if (place.level.cells.some((cell) => cell.path.join('.') === path.join('.'))) return;
    place.level.cells.push({ column: columns.length, path });
    fullNames.push([...place.fullNames, key].join('.'));
    columns.push(toColumn([...place.names, key].join('.'), field, place));
  };

  /** Reads what is selected of objects of a type; gives it with fragments in their places. */
  const walk = (
    set: SelectionSetNode,
    type: GraphQLCompositeType,
    place: Place,
  ): SelectionSetNode => {
    const selections = set.selections.flatMap((selection): SelectionNode | SelectionNode[] => {
      switch (selection.kind) {
        case Kind.FIELD:
          return walkField(selection, type, place);
        case Kind.INLINE_FRAGMENT:
        case Kind.FRAGMENT_SPREAD: {
          const fragment =
            selection.kind === Kind.INLINE_FRAGMENT
              ? selection
              : fragments.get(selection.name.value);
          if (!fragment) return [];
          const condition = fragment.typeCondition;
          const narrowed = condition ? schema.getType(condition.name.value) : type;
          if (!isCompositeType(narrowed)) return [];
          const isCertain = isSupertype(schema, narrowed, type) && !selection.directives?.length;
          return {
            kind: Kind.INLINE_FRAGMENT,
            ...(condition && { typeCondition: condition }),
            directives: [...(selection.directives ?? []), ...(fragment.directives ?? [])],
            selectionSet: walk(fragment.selectionSet, narrowed, {
              ...place,
              isRequired: place.isRequired && isCertain,
            }),
          };
        }
      }
    });
    return { kind: Kind.SELECTION_SET, selections };
  };

  const walkField = (node: FieldNode, parent: GraphQLCompositeType, given: Place): FieldNode => {
    const key = (node.alias ?? node.name).value;
    const place = node.directives?.length ? { ...given, isRequired: false } : given;
    if (node.name.value === '__typename') {
      addColumn({ type: typename, description: 'The type of the object.' }, key, place);
      return node;
    }
    const field = 'getFields' in parent ? parent.getFields()[node.name.value] : undefined;
    const type = field && getNamedType(field.type);
    if (!field || !type) throw tableFault('TABLE_NOT_POSSIBLE', `\`${key}\` can't be in a table.`);
    if (!isCompositeType(type) || !node.selectionSet) {
      addColumn(field, key, place);
      return node;
    }
    // Where the next page begins is no value of a row.
    if (type.name === 'PageInfo') return node;

    const isRequired = place.isRequired && isNonNullType(field.type);
    const names = isPartOfConnection(parent, field) ? place.names : [...place.names, key];
    const fullNames = [...place.fullNames, key];
    const path = [...place.path, key];
    if (!isListType(getNullableType(field.type))) {
      const inside = { ...place, path, names, fullNames, isRequired };
      return isConnection(type)
        ? walkConnection(node, field, type, inside)
        : {
            ...node,
            selectionSet: walkRecord(node.selectionSet, type, inside, isEntryField(parent, query)),
          };
    }
    if (place.listDepth > 0 || node.name.value === PROVENANCE) {
      const inside = {
        ...place,
        path: [...path, EACH],
        names,
        fullNames,
        listDepth: place.listDepth + 1,
      };
      hasProvenance ||= node.name.value === PROVENANCE;
      return { ...node, selectionSet: walk(node.selectionSet, type, inside) };
    }

    const { level } = place;
    const label = names.join('.') || key;
    if (level.below && level.below.path.join('.') !== path.join('.')) {
      throw tableFault(
        'TABLE_NOT_POSSIBLE',
        `\`${level.below.label}\` and \`${label}\` are lists beside each other, and a row can be an item of one only: ask for them in two operations, each with the \`id\` by which their rows belong together.`,
      );
    }
    const connection = isPartOfConnection(parent, field) ? place.connection : undefined;
    level.below ??= { path, level: { cells: [] }, label, ...(connection && { connection }) };
    const { depth, cursors } = level.below.connection ?? {};
    const inside = {
      level: level.below.level,
      path: [],
      names,
      fullNames,
      // Where the list is empty, what is around it has a row of its own.
      isRequired: false,
      listDepth: 0,
      depth: depth === undefined || !cursors ? undefined : depth + 1,
    };
    return { ...node, selectionSet: walkRecord(node.selectionSet, type, inside, true) };
  };

  /** As `walk`, and asks an entry of a list, or at the top, where it was printed. */
  const walkRecord = (
    set: SelectionSetNode,
    type: GraphQLCompositeType,
    place: Place,
    isEntry: boolean,
  ): SelectionSetNode => {
    const walked = walk(set, type, place);
    const field = 'getFields' in type ? type.getFields()[PROVENANCE] : undefined;
    if (!isEntry || hasProvenance || !field || !isListType(getNullableType(field.type)))
      return walked;
    const added = walkField(selectAll(PROVENANCE, field), type, place);
    return { ...walked, selections: [...walked.selections, added] };
  };

  const walkConnection = (
    node: FieldNode,
    field: Field,
    type: GraphQLCompositeType,
    place: Place,
  ): FieldNode => {
    const { level } = place;
    const given = new Set(node.arguments?.map(({ name }) => name.value));
    const isPaged =
      ['first', 'after'].every((name) => field.args.some((arg) => arg.name === name)) &&
      !given.has('last') &&
      !given.has('before') &&
      place.listDepth === 0;
    // Of a list within rows who says how many wants so many.
    const isWhole = isPaged && (place.depth === 0 || !given.has('first'));
    const connection = isWhole
      ? {
          page: [...place.path, PAGE],
          cursors: hasCursors(type) ? [...place.path, CURSORS] : undefined,
          // Of the outermost list whoever asks for the table says where it begins.
          depth: place.depth !== 0 && given.has('after') ? undefined : place.depth,
        }
      : undefined;

    const set = node.selectionSet as SelectionSetNode;
    const walked = { ...node, selectionSet: walk(set, type, { ...place, connection }) };
    if (!connection || level.below?.connection?.page.join('.') !== connection.page.join('.')) {
      return walked;
    }
    const { depth } = connection;
    if (depth !== undefined) followed = Math.max(followed, depth + 1);
    const isFollowedBelow = level.below.level.below?.connection?.depth !== undefined;
    const names = depth === undefined ? undefined : pageVariables(depth);
    return {
      ...walked,
      arguments: withArguments(
        node,
        names
          ? { first: variable(names.first), after: variable(names.after) }
          : { first: { kind: Kind.INT, value: String(MOST_PER_PAGE) } },
      ),
      selectionSet: withFields(
        walked.selectionSet,
        aliased(PAGE, select('pageInfo', select('hasNextPage'), select('endCursor'))),
        ...(isFollowedBelow ? [aliased(CURSORS, select('edges', select('cursor')))] : []),
      ),
    };
  };

  const selectionSet = walk(operation.selectionSet, query, {
    level: root,
    path: [],
    names: [],
    fullNames: [],
    isRequired: true,
    listDepth: 0,
    depth: 0,
  });
  if (columns.length === 0) {
    throw tableFault(
      'TABLE_NOT_POSSIBLE',
      'This operation asks for no value that a column could hold.',
    );
  }
  const variables = usedVariables({ ...operation, selectionSet });
  refuseOwnNames(variables);
  const definition = {
    ...operation,
    selectionSet,
    variableDefinitions: [...variables, ...ownVariables(followed)],
  };
  return {
    columns: withUniqueNames(columns, fullNames),
    root,
    document: { kind: Kind.DOCUMENT, definitions: [definition] },
    followed,
    variables,
  };
}

const typename = new GraphQLNonNull(GraphQLString);

/** Whether a field holds a record that is asked for, not one that belongs to another. */
const isEntryField = (parent: GraphQLCompositeType, query: GraphQLCompositeType) =>
  parent === query || isEdge(parent);

/** Whether `type` is always a `wide`. */
const isSupertype = (
  schema: GraphQLSchema,
  wide: GraphQLCompositeType,
  type: GraphQLCompositeType,
) => wide === type || (isAbstractType(wide) && !isUnionType(type) && schema.isSubType(wide, type));

/** Without the name of the root field where there is one only, and in full where else two would be the same. */
function withUniqueNames(columns: readonly Column[], fullNames: readonly string[]): Column[] {
  const roots = new Set(fullNames.map((name) => name.split('.')[0]));
  const short = columns.map(({ name }) =>
    roots.size === 1 && name.includes('.') ? name.slice(name.indexOf('.') + 1) : name,
  );
  const times = new Map<string, number>();
  for (const name of short) times.set(name, (times.get(name) ?? 0) + 1);
  return columns.map((column, index) => ({
    ...column,
    name: (times.get(short[index] ?? '') === 1 ? short[index] : fullNames[index]) ?? column.name,
  }));
}

/** The variables that are used: others have been replaced. */
function usedVariables(operation: OperationDefinitionNode): VariableDefinitionNode[] {
  const { variableDefinitions = [], ...rest } = operation;
  const used = new Set<string>();
  visit(rest, { Variable: ({ name }) => void used.add(name.value) });
  return variableDefinitions.filter(({ variable: { name } }) => used.has(name.value));
}

/** The variables that the following of so many connections takes. */
const ownVariables = (followed: number): VariableDefinitionNode[] =>
  Array.from({ length: followed }, (_, depth) => pageVariables(depth)).flatMap(
    ({ first, after }) => [define(first, 'Int'), define(after, 'String')],
  );

function refuseOwnNames(definitions: readonly VariableDefinitionNode[]) {
  for (const {
    variable: { name },
  } of definitions) {
    if (!OWN_PARAMETERS.includes(name.value) && !name.value.startsWith(OWN_PREFIX)) continue;
    throw tableFault(
      'TABLE_NOT_POSSIBLE',
      `The variable \`$${name.value}\` has a name that tables need for themselves: call it otherwise.`,
    );
  }
}
