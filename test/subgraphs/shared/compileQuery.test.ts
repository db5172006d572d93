import fc from 'fast-check';
import {
  buildSchema,
  execute,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  OperationTypeNode,
  parse,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { createDocumentCompiler } from '../../../subgraphs/shared/compileDocument.ts';
import { compileQuery } from '../../../subgraphs/shared/compileQuery.ts';
import { choices, operationOf } from '../../gateway/execution/operationOf.ts';
import { createGraph } from '../../gateway/execution/graphs/Graph.ts';
import { eventsGraph } from '../../gateway/execution/graphs/events.ts';
import { media } from '../../gateway/execution/graphs/media.ts';
import { placesGraph } from '../../gateway/execution/graphs/places.ts';
import { requiredArguments } from '../../gateway/execution/graphs/requiredArguments.ts';
import { shop } from '../../gateway/execution/graphs/shop.ts';
import { staff } from '../../gateway/execution/graphs/staff.ts';
import { ANYONE } from '../../../subgraphs/shared/Viewer.ts';

/** An answer as a client would read it; of several errors that took away one null, any may be told first. */
function seen({ data, errors = [] }: ExecutionResult) {
  const told = errors.map(({ message, path }) => JSON.stringify({ message, path })).sort();
  return { text: JSON.stringify(data), told };
}

const runs = 400;

describe.each([shop, media, staff, placesGraph, requiredArguments, eventsGraph])(
  'generated queries of the schema $name',
  (parts) => {
    const { monolith } = createGraph(parts);
    const { schema } = monolith;

    it(`have the answers that graphql-js gives, and are seldom irregular (${runs})`, async () => {
      let compiled = 0;
      let irregular = 0;
      await fc.assert(
        fc.asyncProperty(choices, async (chosen) => {
          const { document, variables } = operationOf(schema, chosen);
          const operation = getOperationAST(document);
          if (operation?.operation !== OperationTypeNode.QUERY) return;
          const { coerced } = getVariableValues(
            schema,
            operation.variableDefinitions ?? [],
            variables,
          );
          if (!coerced || /"Directive"|"__(schema|type)"/.test(JSON.stringify(document))) return;
          compiled += 1;
          const run = compileQuery(schema, document, operation);
          const own = await run(monolith.createContext(ANYONE), coerced).catch(
            (error: unknown) => error,
          );
          if (own instanceof Error) {
            irregular += 1;
            return;
          }
          const right = await execute({
            schema,
            document,
            variableValues: variables,
            contextValue: monolith.createContext(ANYONE),
          });
          expect(seen(own as ExecutionResult)).toEqual(seen(right));
        }),
        { numRuns: runs, seed: 1 },
      );
      expect(compiled).toBeGreaterThan(runs / 8);
      expect(compiled - irregular).toBeGreaterThan(runs / 8);
    });
  },
);

const sdl = `
  type Query { item: Item items: [Item] strict: [Item!] thing: Thing numbers: [Int] text(of: String = "x"): String must: Item! }
  type Item { name: String! other: Item count: Int failing: String must: Int! }
  interface Thing { name: String }
  type Book implements Thing { name: String }`;

interface Resolvers {
  [type: string]: Record<string, (...given: never[]) => unknown>;
}

function schemaOf(resolvers: Resolvers): GraphQLSchema {
  const schema = buildSchema(sdl);
  for (const [name, fields] of Object.entries(resolvers)) {
    const type = schema.getType(name);
    for (const [field, resolve] of Object.entries(fields)) {
      if (field === '__resolveType') Object.assign(type ?? {}, { resolveType: resolve });
      else if (type && 'getFields' in type)
        Object.assign(type.getFields()[field] ?? {}, { resolve });
    }
  }
  return schema;
}

const fail = () => {
  throw new GraphQLError('failed on purpose', { extensions: { code: 'ON_PURPOSE' } });
};
const items = [{ name: 'a', count: 1 }, { name: 'b' }, null];

const cases: [string, Resolvers, string][] = [
  ['a resolver throws', { Query: { item: fail } }, '{ item { name } items { name } }'],
  ['a resolver rejects', { Query: { item: async () => fail() } }, '{ item { name } }'],
  ['a resolver gives an error', { Query: { item: () => new Error('given') } }, '{ item { name } }'],
  [
    'one item of a list fails',
    { Query: { items: () => [items[0], Promise.reject(new Error('late')), new Error('given')] } },
    '{ items { name } }',
  ],
  [
    'an item that must be there fails',
    { Query: { strict: () => [items[0], Promise.reject(new Error('late'))] } },
    '{ strict { name } text }',
  ],
  [
    'a field that must be there fails far below',
    {
      Query: { items: () => items, item: () => items[0] },
      Item: { must: fail, other: () => items[1] },
    },
    '{ items { name other { name other { must } } } item { must } text }',
  ],
  ['null bubbles to the top', { Query: { must: fail } }, '{ must { name } text }'],
  [
    'null where none may be',
    { Query: { items: () => [{ name: null }, { name: 'b' }] } },
    '{ items { name } }',
  ],
  [
    'a value of another type',
    {
      Query: {
        items: () => [
          { name: 'a', count: 'many' },
          { name: 7, count: 1.5 },
        ],
      },
    },
    '{ items { name count } }',
  ],
  [
    'values that are made fit',
    {
      Query: {
        items: () => [
          { name: 7, count: '5' },
          { name: true, count: 1 },
        ],
        numbers: () => ['1', 2],
      },
    },
    '{ items { name count } numbers }',
  ],
  [
    'no list',
    { Query: { items: () => ({ name: 'a' }), numbers: () => new Set([1, 2]) } },
    '{ items { name } numbers }',
  ],
  [
    'fields that are functions and promises',
    { Query: { item: () => ({ name: () => 'called', count: Promise.resolve(3) }) } },
    '{ item { name count } }',
  ],
  [
    'a type that is found out later',
    { Query: { thing: () => ({ name: 'a' }) }, Thing: { __resolveType: async () => 'Book' } },
    '{ thing { name } }',
  ],
  [
    'a type that can not be found out',
    { Query: { thing: () => ({ name: 'a' }) }, Thing: { __resolveType: fail } },
    '{ thing { name } text }',
  ],
  [
    'a type that does not belong there',
    { Query: { thing: () => ({ name: 'a' }) }, Thing: { __resolveType: () => 'Item' } },
    '{ thing { name } }',
  ],
  [
    'the schema itself is asked',
    { Query: { item: () => items[0] } },
    '{ __schema { queryType { name } } item { __typename name } }',
  ],
  [
    'conditions',
    { Query: { item: () => items[0] } },
    'query ($no: Boolean = false) { item { name @include(if: $no) count } }',
  ],
  [
    'names that every object has',
    { Query: { item: () => items[0] } },
    '{ item { constructor: name __proto__: count toString: __typename } }',
  ],
];

it.each(cases)(
  '%s: the answer is that of graphql-js, also the second time',
  async (_what, resolvers, query) => {
    const schema = schemaOf(resolvers);
    const document = parse(query, { noLocation: true });
    const run = createDocumentCompiler(schema)(document);
    const right = seen(await execute({ schema, document }));
    expect(seen(await run({}, {}))).toEqual(right);
    expect(seen(await run({}, {}))).toEqual(right);
  },
);
