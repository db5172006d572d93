import {
  doTypesOverlap,
  isCompositeType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  getNamedType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import { pick, rarely, type Choose } from './choose.ts';
import { CONDITION_TYPE, createInputs } from './createInputs.ts';

export interface GeneratedOperation {
  query: string;
  variables: Record<string, unknown>;
}

export interface OperationStyle {
  /** Values for arguments and variables of scalars, by the name of the type. */
  values: Record<string, readonly unknown[]>;
  /** Names for aliases. */
  aliases: readonly string[];
  /** How deep selections nest at most. */
  depth: number;
}

/** Where selections with one response name meet: the names from the root down to there. */
type Place = readonly string[];

/** What was taken by a fragment, so that it can be spread elsewhere: where in it, and as what. */
type Taken = [place: Place, signature: string][];

interface Fragment {
  name: string;
  type: GraphQLCompositeType;
  taken: Taken;
}

/** A field that can be repeated with another selection. */
interface Repeatable {
  parent: GraphQLCompositeType;
  head: string;
  name: string;
  type: GraphQLCompositeType;
}

/**
 * Generates a valid operation of any shape: aliases, arguments, variables with and without defaults,
 * fragments with names and without, on abstract and concrete types, conditions, repeated fields, and what
 * is asked of the schema itself.
 */
export function generateOperation(
  schema: GraphQLSchema,
  choose: Choose,
  { values, aliases, depth: maxDepth }: OperationStyle,
): GeneratedOperation {
  const signatures = new Map<string, string>();
  const recordings: { base: Place; taken: Taken }[] = [];
  const fragments: Fragment[] = [];
  const definitions: string[] = [];
  const { inputText, variable, declared, variables } = createInputs(choose, values);
  const composites = Object.values(schema.getTypeMap())
    .filter(isCompositeType)
    .filter(({ name }) => !name.startsWith('__'));

  const keyOf = (place: Place) => place.join('.');
  const isFree = (place: Place, signature: string) => {
    const taken = signatures.get(keyOf(place));
    return taken === undefined || taken === signature;
  };
  const take = (place: Place, signature: string) => {
    signatures.set(keyOf(place), signature);
    for (const { base, taken } of recordings) taken.push([place.slice(base.length), signature]);
  };

  function selectionSet(type: GraphQLCompositeType, place: Place, depth: number): string {
    const repeatable: Repeatable[] = [];
    const texts = [selection(type, place, depth, repeatable)];
    const more = choose(place.length ? 4 : 5);
    for (let index = 0; index < more; index += 1) {
      texts.push(selection(type, place, depth, repeatable));
    }
    return `{ ${texts.join(' ')} }`;
  }

  function selection(
    type: GraphQLCompositeType,
    place: Place,
    depth: number,
    repeatable: Repeatable[],
  ): string {
    const kind = choose(15);
    if (kind === 14 && type === schema.getQueryType()) {
      const field = pick(choose, [TypeMetaFieldDef, SchemaMetaFieldDef]);
      return fieldText(field, type, place, depth, repeatable);
    }
    if (kind === 13 || (isUnionType(type) && kind > 1)) {
      return inlineFragment(type, place, depth);
    }
    if (kind === 12) return namedFragment(type, place, depth);
    if (kind === 11 || isUnionType(type)) return typename(place);
    const again = repeatable.filter(({ parent }) => parent === type);
    if (kind === 10 && again.length) {
      const field = pick(choose, again);
      return `${field.head} ${selectionSet(field.type, [...place, field.name], depth + 1)}`;
    }
    return field(type, place, depth, repeatable);
  }

  function typename(place: Place): string {
    const name = responseName('__typename', '__typename', place);
    return `${name === '__typename' ? '' : `${name}: `}__typename${condition()}`;
  }

  function field(
    type: Exclude<GraphQLCompositeType, { getTypes: unknown }>,
    place: Place,
    depth: number,
    repeatable: Repeatable[],
  ): string {
    const fields = Object.values(type.getFields()).filter(
      (each) =>
        (depth < maxDepth || isLeafType(getNamedType(each.type))) &&
        (!type.name.startsWith('__') || ofSchema.includes(each.name)),
    );
    if (!fields.length) return typename(place);
    return fieldText(
      pick<GraphQLField<unknown, unknown>>(choose, fields),
      type,
      place,
      depth,
      repeatable,
    );
  }

  function fieldText(
    chosen: GraphQLField<unknown, unknown>,
    type: GraphQLCompositeType,
    place: Place,
    depth: number,
    repeatable: Repeatable[],
  ): string {
    const given = chosen === TypeMetaFieldDef ? typeName() : argumentsOf(chosen.args);
    const name = responseName(chosen.name, `${chosen.name}${given}: ${String(chosen.type)}`, place);
    const head = `${name === chosen.name ? '' : `${name}: `}${chosen.name}${given}`;
    const inner = getNamedType(chosen.type);
    if (!isCompositeType(inner)) return head + condition();
    repeatable.push({ parent: type, head, name, type: inner });
    const below = selectionSet(inner, [...place, name], depth + 1);
    return `${head}${condition()} ${below}`;
  }

  function typeName(): string {
    const names = [...composites.map(({ name }) => name), 'String', 'none'];
    const all = names.map((value) => ({ literal: JSON.stringify(value), value }));
    return `(name: ${choose(3) ? pick(choose, all).literal : variable('String!', all)})`;
  }

  /** A response name under which nothing else was asked for at this place. */
  function responseName(fieldName: string, signature: string, place: Place): string {
    const wanted = rarely(choose, 4) ? pick(choose, aliases) : fieldName;
    for (let attempt = 0; ; attempt += 1) {
      const name = attempt ? `${wanted.replace(/^__(?=typename)/, '')}${attempt}` : wanted;
      if (!isFree([...place, name], signature)) continue;
      take([...place, name], signature);
      return name;
    }
  }

  function inlineFragment(type: GraphQLCompositeType, place: Place, depth: number): string {
    const inside = rarely(choose, 5) ? undefined : pick(choose, overlapping(type));
    const on = inside ? ` on ${inside.name}` : '';
    return `...${on}${condition()} ${selectionSet(inside ?? type, place, depth + 0.5)}`;
  }

  function namedFragment(type: GraphQLCompositeType, place: Place, depth: number): string {
    const known = fragments.filter(
      (fragment) =>
        doTypesOverlap(schema, fragment.type, type) &&
        fragment.taken.every(([below, signature]) => isFree([...place, ...below], signature)),
    );
    if (known.length && choose(2)) {
      const fragment = pick(choose, known);
      for (const [below, signature] of fragment.taken) take([...place, ...below], signature);
      return `...${fragment.name}${condition()}`;
    }
    const inside = pick(choose, overlapping(type));
    const recording = { base: place, taken: [] };
    recordings.push(recording);
    const body = selectionSet(inside, place, depth + 0.5);
    recordings.splice(recordings.indexOf(recording), 1);
    const name = `F${definitions.length}`;
    definitions.push(`fragment ${name} on ${inside.name} ${body}`);
    fragments.push({ name, type: inside, taken: recording.taken });
    return `...${name}${condition()}`;
  }

  const overlapping = (type: GraphQLCompositeType) => [
    type,
    ...composites.filter((other) => other !== type && doTypesOverlap(schema, type, other)),
  ];

  function condition(): string {
    if (!rarely(choose, 8)) return '';
    const names = pick(choose, [['include'], ['skip'], ['include'], ['skip'], ['include', 'skip']]);
    return names.map((name) => ` @${name}(if: ${flag()})`).join('');
  }

  const flag = () =>
    choose(3) ? variable(CONDITION_TYPE, booleans) : pick(choose, booleans).literal;

  function argumentsOf(args: readonly GraphQLArgument[]): string {
    const given = args
      .filter((argument) => isRequiredArgument(argument) || choose(3))
      .map(({ name, type }) => `${name}: ${inputText(type)}`);
    return given.length ? `(${given.join(', ')})` : '';
  }

  const roots = [schema.getQueryType(), schema.getQueryType(), schema.getMutationType()];
  const root = pick(choose, roots.filter(isObjectType));
  const operation = root === schema.getMutationType() ? 'mutation' : 'query';
  const body = selectionSet(root, [], 0);
  const head = `${operation} Generated${declared() && `(${declared()})`}`;
  return { query: [`${head} ${body}`, ...definitions].join('\n'), variables };
}

/** What is asked of the schema itself and does not depend on the order of its definitions. */
const ofSchema = ['queryType', 'mutationType', 'name', 'kind', 'ofType'];

const booleans = [true, false].map((value) => ({ literal: String(value), value }));
