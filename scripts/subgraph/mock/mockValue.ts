import { createHash } from 'node:crypto';
import {
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  type GraphQLAbstractType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';

export interface MockSettings {
  /** Ids that really exist elsewhere, by type: mocked records of the type have this one. */
  ids?: ReadonlyMap<string, string>;
  /** Of several possible types, these are taken. */
  preferred?: ReadonlySet<string>;
}

/** An object of mocked data. What it does not hold follows from its seed. */
export interface MockObject {
  __typename: string;
  /** Equal seeds give equal values, today and tomorrow. */
  readonly seed: string;
  [field: string]: unknown;
}

const LIST_LENGTH = 2;

/** A whole number that follows from `seed`, less than `limit`. */
export function numberOf(seed: string, limit: number): number {
  return createHash('sha256').update(seed).digest().readUInt32BE() % limit;
}

/** A value of `type`, never null, that follows from `seed`. */
export function mockValue(
  type: GraphQLOutputType,
  seed: string,
  schema: GraphQLSchema,
  settings: MockSettings,
): unknown {
  if (isNonNullType(type)) return mockValue(type.ofType, seed, schema, settings);
  if (isListType(type)) {
    return Array.from({ length: LIST_LENGTH }, (_, index) =>
      mockValue(type.ofType, `${seed}.${index}`, schema, settings),
    );
  }
  if (isEnumType(type)) {
    const values = type.getValues();
    return values[numberOf(seed, values.length)]?.value as unknown;
  }
  if (isScalarType(type)) return mockScalar(type.name, seed);
  const object = isObjectType(type) ? type : concreteType(type, seed, schema, settings);
  const id =
    settings.ids?.get(type.name) ?? settings.ids?.get(object.name) ?? mockId(type.name, seed);
  return mockObject(object, 'id' in object.getFields() ? { id } : {}, seed);
}

/** An object that is known by some of its fields: those are its seed, so that it is the same wherever it is met. */
export function mockObject(
  type: GraphQLObjectType,
  known: Record<string, unknown>,
  otherwise: string,
): MockObject {
  const seed = Object.keys(known).length ? `${type.name} ${JSON.stringify(known)}` : otherwise;
  return { ...known, __typename: type.name, seed };
}

/** The type that an interface or union has there. */
export function concreteType(
  type: GraphQLAbstractType,
  seed: string,
  schema: GraphQLSchema,
  { preferred }: MockSettings,
): GraphQLObjectType {
  const possible = schema.getPossibleTypes(type);
  const wanted = possible.filter(({ name }) => preferred?.has(name));
  const choice = wanted.length ? wanted : possible;
  const chosen = choice[numberOf(seed, choice.length)];
  if (!chosen) throw new Error(`nothing implements ${type.name}`);
  return chosen;
}

const mockId = (typename: string, seed: string) => `${typename}-${numberOf(seed, 1_000)}`;

function mockScalar(name: string, seed: string): unknown {
  switch (name) {
    case 'Int':
      return numberOf(seed, 100);
    case 'Float':
      return numberOf(seed, 1_000) / 10;
    case 'Boolean':
      return numberOf(seed, 2) === 1;
    case 'ID':
      return mockId('id', seed);
  }
  const day = `2024-01-${String(numberOf(seed, 28) + 1).padStart(2, '0')}`;
  if (/time/i.test(name)) return `${day}T08:00:00Z`;
  if (/date/i.test(name)) return day;
  return `mocked ${name} ${numberOf(seed, 1_000)}`;
}
