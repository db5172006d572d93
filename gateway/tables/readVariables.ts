import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isScalarType,
  typeFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { isRecord } from '../../subgraphs/shared/isRecord.ts';
import { OWN_PARAMETERS, type Table } from './Table.ts';
import { tableFault } from './tableFault.ts';

/** Parameters of a table that are none of its operation's. */
export interface OwnParameters {
  /** How many items of the outermost list are wanted, in one page; without it all are. */
  first?: number;
  after?: string;
}

/**
 * Reads the parameters of a table from the search part of its address: variables of its operation by name, fields of
 * an input with a dot (`filter.level=PROVINCE`), lists as one parameter several times, and either as JSON too.
 * @throws GraphQLError that says which parameters there are.
 */
export function readVariables(
  schema: GraphQLSchema,
  { variables: definitions, followed }: Pick<Table, 'variables' | 'followed'>,
  search: URLSearchParams,
): { variables: Record<string, unknown>; own: OwnParameters } {
  const types = new Map(
    definitions.map((definition) => [
      definition.variable.name.value,
      typeFromAST(schema, definition.type as never) as GraphQLInputType,
    ]),
  );
  const variables: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const name of new Set(search.keys())) {
    if (OWN_PARAMETERS.includes(name)) continue;
    const [variable = '', ...path] = name.split('.');
    let type = types.get(variable);
    for (const key of path) type = type && fieldOf(type, key);
    if (!type) throw unknownParameter(name, definitions.length ? namesOf(types) : []);
    put(variables, [variable, ...path], readValue(type, search.getAll(name)));
  }
  return { variables, own: readOwn(search, followed > 0) };
}

function fieldOf(type: GraphQLInputType, key: string): GraphQLInputType | undefined {
  const named = getNullableType(type);
  if (!isInputObjectType(named)) return undefined;
  return Object.hasOwn(named.getFields(), key) ? named.getFields()[key]?.type : undefined;
}

function readValue(type: GraphQLInputType, texts: readonly string[]): unknown {
  const nullable = getNullableType(type);
  const [text = ''] = texts;
  const isJson = /^\s*[[{]/.test(text) && (isListType(nullable) || isInputObjectType(nullable));
  if (isJson && texts.length === 1) {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw tableFault('TABLE_PARAMETER', `This is no JSON: ${text.slice(0, 100)}`);
    }
  }
  if (isListType(nullable)) return texts.map((each) => readSingle(nullable.ofType, each));
  if (texts.length > 1) {
    throw tableFault('TABLE_PARAMETER', 'A parameter that is no list is given more than once.');
  }
  return readSingle(type, text);
}

/** What is not read here, graphql-js refuses as it does in any request. */
function readSingle(type: GraphQLInputType, text: string): unknown {
  const named = getNamedType(type);
  if (!isScalarType(named)) return text;
  if (named.name === 'Boolean') return text === 'true' ? true : text === 'false' ? false : text;
  const isNumber = named.name === 'Int' || named.name === 'Float';
  return isNumber && text.trim() !== '' && !Number.isNaN(Number(text)) ? Number(text) : text;
}

function put(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path;
  if (rest.length === 0) {
    target[key] = isRecord(target[key]) && isRecord(value) ? { ...target[key], ...value } : value;
    return;
  }
  const inside = isRecord(target[key])
    ? target[key]
    : (Object.create(null) as Record<string, unknown>);
  target[key] = inside;
  put(inside, rest, value);
}

function readOwn(search: URLSearchParams, isFollowed: boolean): OwnParameters {
  const first = search.get('first');
  const after = search.get('after');
  if ((first !== null || after !== null) && !isFollowed) {
    throw tableFault('TABLE_PARAMETER', 'This table has no pages: leave out `first` and `after`.');
  }
  if (after !== null && first === null) {
    throw tableFault('TABLE_PARAMETER', '`after` goes with `first`: say how many are wanted.');
  }
  if (first === null) return {};
  if (!/^[1-9]\d{0,8}$/.test(first)) {
    throw tableFault('TABLE_PARAMETER', '`first` must be a whole number from 1 up.');
  }
  return { first: Number(first), ...(after !== null && { after }) };
}

const namesOf = (types: ReadonlyMap<string, GraphQLInputType>) =>
  [...types].flatMap(([name, type]) => {
    const named = getNullableType(type);
    return isInputObjectType(named)
      ? Object.keys(named.getFields()).map((field) => `${name}.${field}`)
      : [name];
  });

const unknownParameter = (name: string, known: readonly string[]) =>
  tableFault(
    'TABLE_PARAMETER',
    `There is no parameter \`${name.slice(0, 100)}\` here; there are: ${[...known, ...OWN_PARAMETERS].join(', ')}.`,
  );
