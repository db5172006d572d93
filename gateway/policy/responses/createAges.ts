import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { readCacheHints, type CacheHint } from './readCacheHints.ts';

/** How old an answer to an operation may be, in seconds; 0: it is never kept. */
export type AgeOf = (document: DocumentNode, operation: OperationDefinitionNode) => number;

/** A value may be as old as the object that it is in. */
const INHERITED = Infinity;

/**
 * Makes what finds out how old answers may be, by the hints of a supergraph: no older than any of their fields.
 * What is said of a field counts before what is said of the type that it gives. Where nothing is said, a scalar may
 * be as old as the object that it is in; an object, and each field at the root, may be `defaultS` old. Of an
 * interface or a union, all types count that an object may have. What is private anywhere is never kept.
 * Source: https://www.apollographql.com/docs/apollo-server/performance/caching, where each object tells its type.
 */
export function createAges(schema: GraphQLSchema, defaultS: number): AgeOf {
  const hintOn = readCacheHints(schema);
  const known = new WeakMap<OperationDefinitionNode, number>();

  const objectsOf = (type: GraphQLNamedType) =>
    isAbstractType(type) ? schema.getPossibleTypes(type) : [type];

  const youngest = (ages: readonly number[]) => (ages.length ? Math.min(...ages) : 0);

  const ageIn = (
    parent: GraphQLNamedType,
    name: string,
    isAtRoot: boolean,
    ofInterface?: CacheHint,
  ): number => {
    const field = isObjectType(parent) ? parent.getFields()[name] : undefined;
    // What is asked of the schema itself does not change.
    if (!field) return INHERITED;
    const hint = hintOn(field.astNode) ?? ofInterface;
    const type = getNamedType(field.type);
    const ofType = hintOn(type.astNode);
    const ofObjects = objectsOf(type).map((object) => hintOn(object.astNode) ?? ofType);
    if ([hint, ofType, ...ofObjects].some((each) => each?.isPrivate)) return 0;
    if (hint?.maxAge !== undefined) return hint.maxAge;
    if (!isCompositeType(type)) return isAtRoot ? defaultS : INHERITED;
    return youngest(
      ofObjects.map((each) => {
        const inherits = !isAtRoot && (hint?.inherits || each?.inherits);
        return each?.maxAge ?? (inherits ? INHERITED : defaultS);
      }),
    );
  };
  const ageOf = (parent: GraphQLNamedType, name: string, isAtRoot: boolean): number => {
    if (!isInterfaceType(parent)) return ageIn(parent, name, isAtRoot);
    const hint = hintOn(parent.getFields()[name]?.astNode);
    if (hint?.isPrivate) return 0;
    return youngest(objectsOf(parent).map((object) => ageIn(object, name, isAtRoot, hint)));
  };

  return (document, operation) => {
    const before = known.get(operation);
    if (before !== undefined) return before;
    const root = schema.getRootType(operation.operation);
    const ages = fieldsOf(schema, document, operation.selectionSet, root).map(({ parent, node }) =>
      ageOf(parent, node.name.value, parent === root),
    );
    const age = youngest(ages);
    const found = Number.isFinite(age) ? age : 0;
    known.set(operation, found);
    return found;
  };
}

/** All fields of an operation, each with the type that it is asked of; what fragments share comes once. */
function fieldsOf(
  schema: GraphQLSchema,
  { definitions }: DocumentNode,
  selectionSet: SelectionSetNode,
  root: GraphQLNamedType | null | undefined,
) {
  const fields: { parent: GraphQLNamedType; node: FieldNode }[] = [];
  const seen = new Map<SelectionSetNode, Set<GraphQLNamedType>>();
  const fragments = new Map(
    definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  const visit = (set: SelectionSetNode, parent: GraphQLNamedType | null | undefined) => {
    const types = seen.get(set) ?? new Set();
    if (!parent || types.has(parent)) return;
    seen.set(set, types.add(parent));
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) {
        fields.push({ parent, node });
        const hasFields = isObjectType(parent) || isInterfaceType(parent);
        const type = hasFields ? parent.getFields()[node.name.value]?.type : undefined;
        if (node.selectionSet && type) visit(node.selectionSet, getNamedType(type));
        continue;
      }
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
      if (!fragment) continue;
      const condition = fragment.typeCondition?.name.value;
      visit(fragment.selectionSet, condition === undefined ? parent : schema.getType(condition));
    }
  };
  visit(selectionSet, root);
  return fields;
}
