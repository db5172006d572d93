import {
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  valueFromASTUntyped,
  visit,
  type DocumentNode,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import type { ListSize } from './costDirectives.ts';
import { bounded, defaultOf, listDepth, type Prices } from './createPrices.ts';
import { createReckoning, type Cost, type Reckoning, type Variables } from './createReckoning.ts';

/** A part of an operation: a field, or a group of them. */
export interface Priced {
  cost: Cost;
  parts: readonly Priced[];
  /** Of a field: its name in the answer. */
  name?: string;
  /** Of a field that gives a list by the page: the arguments that say how much. */
  slicingArguments?: readonly string[];
}

/** An operation, ready to be reckoned for any variables. */
export interface PricedOperation extends Priced, Pick<Reckoning, 'run'> {
  /** What each field costs beside the objects that it gives, each time it is asked. */
  perField: ReadonlyMap<FieldNode, Cost>;
  /** What one object or value of each field costs. */
  weights: ReadonlyMap<FieldNode, number>;
  /** What fields want to be given and are not, by the rule `requireOneSlicingArgument`. */
  complaints(variables: Variables): string[];
}

export interface OperationToPrice {
  schema: GraphQLSchema;
  prices: Prices;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** How long lists are taken to be that nothing is said of. */
  listSize: number;
}

/** A field of a mutation writes. */
const MUTATION_COST = 10;

/** Lists of the schema's description of itself that are asked within one another are long in sum, but each is short. */
const INTROSPECTION_LIST_SIZE = 4;

/** A value that is the same for all requests, or follows from variables. */
type Value = { constant: unknown } | { from(variables: Variables): unknown };

/** The list fields of an object whose sizes its own field knows. */
interface Sized {
  fields: readonly string[];
  size: Cost;
}

/**
 * Prices an operation: what it may cost at most, if lists are as long as is said of them. The sum over its fields;
 * each of them: size of the list × (its weight + what is asked below) + its arguments. What is asked for different
 * types of one object counts as the dearest of them. What is asked twice counts twice.
 */
export function priceOperation(toPrice: OperationToPrice): PricedOperation {
  const { schema, prices, document, operation, listSize: usualSize } = toPrice;
  const reckoning = createReckoning();
  const perField = new Map<FieldNode, Cost>();
  const weights = new Map<FieldNode, number>();
  const complaints: ((variables: Variables) => string | undefined)[] = [];
  const fragments = new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const root = schema.getRootType(operation.operation);

  /** The selections and the type of a fragment, where it stands. */
  const readFragment = (selection: Exclude<SelectionNode, FieldNode>, type: GraphQLNamedType) => {
    const spread = selection.kind === Kind.FRAGMENT_SPREAD;
    const fragment = spread ? fragments.get(selection.name.value) : selection;
    const condition = fragment?.typeCondition?.name.value;
    return {
      selectionSet: fragment?.selectionSet,
      condition: (condition === undefined ? undefined : schema.getType(condition)) ?? type,
    };
  };
  const objectsOf = memo((type: GraphQLNamedType): readonly GraphQLNamedType[] =>
    isAbstractType(type) ? schema.getPossibleTypes(type) : [type],
  );
  const holdsFor = (condition: GraphQLNamedType, type: GraphQLNamedType) =>
    objectsOf(type).every((object) => objectsOf(condition).includes(object));

  const splitting = new Map<string, boolean>();
  const ids = new Map<SelectionSetNode, number>();
  const idOf = (node: SelectionSetNode) => {
    const id = ids.get(node) ?? ids.size;
    ids.set(node, id);
    return id;
  };
  /** Whether selections ask different things of different objects of a type. */
  const splits = (node: SelectionSetNode, type: GraphQLNamedType): boolean => {
    const key = `${idOf(node)} ${type.name}`;
    const known = splitting.get(key);
    if (known !== undefined) return known;
    splitting.set(key, false);
    const result = node.selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return false;
      const { selectionSet, condition } = readFragment(selection, type);
      return !holdsFor(condition, type) || (selectionSet && splits(selectionSet, type)) === true;
    });
    splitting.set(key, result);
    return result;
  };

  const known = new Map<string, Priced>();
  const priceSelections = (
    node: SelectionSetNode,
    type: GraphQLNamedType,
    sized: Sized | undefined,
  ): Priced => {
    const key = `${idOf(node)} ${type.name} ${sized ? JSON.stringify(sized) : ''}`;
    const priced = known.get(key) ?? priceAnew(node, type, sized);
    known.set(key, priced);
    return priced;
  };
  const priceAnew = (
    node: SelectionSetNode,
    type: GraphQLNamedType,
    sized: Sized | undefined,
  ): Priced => {
    if (isAbstractType(type) && splits(node, type)) {
      const parts = objectsOf(type).map((object) => priceSelections(node, object, sized));
      return { parts, cost: reckoning.highest(parts.map(({ cost }) => cost)) };
    }
    const parts = node.selections.flatMap((selection): Priced[] => {
      const priced =
        selection.kind === Kind.FIELD
          ? priceField(selection, type, sized)
          : priceFragment(selection, type, sized);
      if (!priced) return [];
      const cost = reckoning.product(included(selection), priced.cost);
      return cost === 0 ? [] : [{ ...priced, cost }];
    });
    return { parts, cost: reckoning.sum(parts.map(({ cost }) => cost)) };
  };

  const priceFragment = (
    selection: Exclude<SelectionNode, FieldNode>,
    type: GraphQLNamedType,
    sized: Sized | undefined,
  ) => {
    const { selectionSet, condition } = readFragment(selection, type);
    if (!selectionSet || !holdsFor(condition, type)) return undefined;
    return priceSelections(selectionSet, isObjectType(type) ? type : condition, sized);
  };

  const priceField = (
    node: FieldNode,
    parent: GraphQLNamedType,
    sized: Sized | undefined,
  ): Priced | undefined => {
    const field = fieldOf(parent, node.name.value);
    if (!field) return undefined;
    const given = readArguments(node, field);
    const about = prices.listSize(parent, field);
    const size = about && sizeOf(about, given, `${parent.name}.${field.name}`);
    const below = node.selectionSet
      ? priceSelections(
          node.selectionSet,
          getNamedType(field.type),
          about?.sizedFields.length && size !== undefined
            ? { fields: about.sizedFields, size }
            : undefined,
        )
      : undefined;

    const weight = bounded(prices.field(parent, field));
    const each = reckoning.sum([weight, below?.cost ?? 0]);
    const usual = isIntrospectionType(parent) ? INTROSPECTION_LIST_SIZE : usualSize;
    const depth = listDepth(field.type);
    const own = about?.sizedFields.length ? undefined : size;
    const inherited = sized?.fields.includes(field.name) ? sized.size : undefined;
    const length = reckoning.product(own ?? inherited ?? usual, usual ** Math.max(0, depth - 1));
    const extra = reckoning.sum([
      ...argumentCosts(field, given),
      parent === schema.getMutationType() ? MUTATION_COST : 0,
    ]);
    perField.set(node, extra);
    weights.set(node, Math.max(weight, weights.get(node) ?? 0));
    return {
      name: (node.alias ?? node.name).value,
      slicingArguments: about?.slicingArguments ?? [],
      parts: below ? [below] : [],
      cost: reckoning.sum([depth ? reckoning.product(length, each) : each, extra]),
    };
  };

  const fieldOf = (
    parent: GraphQLNamedType,
    name: string,
  ): GraphQLField<unknown, unknown> | undefined => {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  };

  const argumentCosts = (
    field: GraphQLField<unknown, unknown>,
    given: ReadonlyMap<string, Value>,
  ): Cost[] =>
    field.args
      .filter((argument) => !prices.isFree(argument))
      .map((argument) =>
        evaluate(given.get(argument.name), (value) => prices.argument(argument, value)),
      );

  const evaluate = (value: Value | undefined, compute: (value: unknown) => number): Cost => {
    if (!value) return 0;
    return 'constant' in value
      ? bounded(compute(value.constant))
      : reckoning.byVariables((variables) => compute(value.from(variables)));
  };

  const sizeOf = (about: ListSize, given: ReadonlyMap<string, Value>, coordinate: string): Cost => {
    const { slicingArguments, assumedSize, requireOneSlicingArgument } = about;
    const slices = slicingArguments.flatMap((name) => given.get(name) ?? []);
    const sizesFor = (variables: Variables) =>
      slices
        .map((slice) => ('constant' in slice ? slice.constant : slice.from(variables)))
        .filter((value) => typeof value === 'number');
    if (slices.length && requireOneSlicingArgument) {
      complaints.push((variables) =>
        sizesFor(variables).length === 1
          ? undefined
          : `Give exactly one of ${slicingArguments.join(', ')} at ${coordinate}: without, nobody knows how much it is.`,
      );
    }
    const size = (variables: Variables) => {
      const sizes = sizesFor(variables);
      return bounded(sizes.length ? Math.max(...sizes) : (assumedSize ?? usualSize));
    };
    return slices.every((slice) => 'constant' in slice) ? size({}) : reckoning.byVariables(size);
  };

  const included = ({ directives }: SelectionNode): Cost => {
    if (!directives?.length) return 1;
    const isAsked = (variables: Record<string, unknown>) => {
      const node = { directives };
      try {
        const skip = getDirectiveValues(GraphQLSkipDirective, node, variables);
        const include = getDirectiveValues(GraphQLIncludeDirective, node, variables);
        return skip?.['if'] === true || include?.['if'] === false ? 0 : 1;
      } catch {
        // A variable that has no value: it is refused later, and counts until then.
        return 1;
      }
    };
    return directives.some(({ arguments: given }) =>
      given?.some(({ value }) => value.kind === Kind.VARIABLE),
    )
      ? reckoning.byVariables(isAsked)
      : isAsked({});
  };

  const whole: Priced = root
    ? priceSelections(operation.selectionSet, root, undefined)
    : { cost: 0, parts: [] };
  const defaults = Object.fromEntries(
    (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
    ),
  );
  const hasDefaults = Object.keys(defaults).length > 0;
  const withDefaults = (given: Variables): Variables =>
    hasDefaults ? { ...defaults, ...given } : given;
  return {
    ...whole,
    perField,
    weights,
    run: (variables) => reckoning.run(withDefaults(variables)),
    complaints: (variables) =>
      complaints.length
        ? complaints.flatMap((complaint) => complaint(withDefaults(variables)) ?? [])
        : [],
  };
}

/** The values of all arguments that have one. */
function readArguments(
  { arguments: given = [] }: FieldNode,
  { args }: GraphQLField<unknown, unknown>,
): ReadonlyMap<string, Value> {
  return new Map(
    args.map((argument: GraphQLArgument) => {
      const node = given.find(({ name }) => name.value === argument.name)?.value;
      return [argument.name, readValue(node, defaultOf(argument))] as const;
    }),
  );
}

function readValue(node: ValueNode | undefined, byDefault: unknown): Value {
  if (!node) return { constant: byDefault };
  if (!usesVariables(node)) return { constant: valueFromASTUntyped(node) };
  return {
    from(variables) {
      const value = valueFromASTUntyped(node, variables);
      return value === undefined ? byDefault : value;
    },
  };
}

function usesVariables(node: ValueNode): boolean {
  let found = false;
  visit(node, { Variable: () => void (found = true) });
  return found;
}

function memo<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const values = new Map<K, V>();
  return (key) => {
    const value = values.get(key) ?? compute(key);
    values.set(key, value);
    return value;
  };
}
