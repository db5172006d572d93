import {
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  type GraphQLInputType,
} from 'graphql';
import { schema, sortsOf, type List } from './connections.ts';

/** Questions made from the schema: every way to ask a list or a sum. */

type Variant = Record<string, unknown>;

const PAGING = ['first', 'after', 'last', 'before', 'sort', 'groupBy'];

/** Values of an argument or a field of a filter: one, or several where it takes a list. */
function samplesOf(type: GraphQLInputType, name: string, ids: readonly string[]): unknown[] {
  if (isNonNullType(type)) return samplesOf(type.ofType, name, ids);
  if (isListType(type)) {
    const [one, two = one] = samplesOf(type.ofType, name, ids);
    return [[one], [one, two], []];
  }
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues().map((value) => value.name);
  if (named.name === 'ID') return [...ids];
  if (named.name === 'Int') return [2020];
  if (named.name === 'Boolean') return [false, true];
  if (named.name === 'PeriodFilter') return [{ from: '2019', to: '2021-06' }, { from: '2020' }];
  if (named.name === 'PartialDate') return ['2020-05'];
  if (named.name === 'String') return name === 'search' ? ['doan', 'doan ket'] : ['09-CT/TW', 'B'];
  throw new Error(`${name}: the tests know no value of ${String(type)}`);
}

/** Each condition that a field can be asked under, as the arguments that say it. */
function conditionsOf({ args }: Pick<List, 'args'>, ids: readonly string[]): Variant[][] {
  return args
    .filter(({ name }) => !PAGING.includes(name))
    .flatMap(({ name, type }) => {
      const named = getNamedType(type);
      if (name !== 'filter' || !isInputObjectType(named)) {
        return [samplesOf(type, name, ids).map((value) => ({ [name]: value }))];
      }
      return Object.values(named.getFields()).map((field) =>
        samplesOf(field.type, field.name, ids).map((value) => ({
          filter: { [field.name]: value },
        })),
      );
    });
}

/** Arguments that say what both say. */
const both = (a: Variant, b: Variant): Variant => ({
  ...a,
  ...b,
  ...(a['filter'] && b['filter'] ? { filter: { ...a['filter'], ...b['filter'] } } : {}),
});

/** Each condition alone and under every sort, and each two together unless that is not wanted. */
export function variantsOf(list: List, ids: readonly string[], withPairs = true): Variant[] {
  const conditions = conditionsOf(list, ids);
  const firsts = conditions.map(([first]) => first ?? {});
  const pairs = firsts.flatMap((first, index) =>
    firsts.slice(index + 1).map((other) => both(first, other)),
  );
  const [, ...otherSorts] = sortsOf(list);
  const sorted = otherSorts.flatMap((sort) => firsts.map((first) => ({ ...first, ...sort })));
  return [...conditions.flat(), ...(withPairs ? pairs : []), ...sorted];
}

/** Every field that sums up what a filter finds, as the lists are described. */
export const sums: List[] = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .flatMap((type) =>
    Object.values(type.getFields())
      .filter(({ name, args }) => /(Totals|Aggregates|Counts)$/.test(name) && args.length > 0)
      .map(({ name, args }) => ({
        title: `${type.name}.${name}`,
        parent: type.name,
        field: name,
        of: '',
        args,
      })),
  );

/** What a sum can be grouped by: nothing, each value alone, and all of them. */
export function groupingsOf({ args }: List): Variant[] {
  const groupBy = args.find(({ name }) => name === 'groupBy');
  const type = groupBy && getNamedType(groupBy.type);
  if (!isEnumType(type)) return [{}];
  const values = type.getValues().map(({ name }) => name);
  return [[], ...values.map((value) => [value]), values].map((by) => ({ groupBy: by }));
}

/** A selection of all that records of a type refer to, one step on: it makes each of them be read. */
export function relationsOf(typeName: string): string {
  const type = schema.getType(typeName);
  if (!isCompositeType(type) || !('getFields' in type))
    throw new Error(`${typeName} has no fields`);
  const fields = Object.values(type.getFields()).filter(
    ({ args }) => !args.some((arg) => isRequiredArgument(arg)),
  );
  return fields
    .flatMap((field) => {
      const named = getNamedType(field.type);
      if (isLeafType(named)) return [field.name];
      if (!('getFields' in named)) return [];
      const leaves = Object.values(named.getFields())
        .filter((leaf) => isLeafType(getNamedType(leaf.type)) && leaf.name !== 'id')
        .map(({ name }) => name);
      const texts = Object.values(named.getFields())
        .filter((leaf) => getNamedType(leaf.type).name === 'LocalizedText')
        .map(({ name }) => `${name} { vi }`);
      if (named.name.endsWith('Connection')) return [];
      return [`${field.name} { ${[...leaves, ...texts].join(' ') || '__typename'} }`];
    })
    .join(' ');
}
