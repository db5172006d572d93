import {
  execute,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  parse,
  validate,
  type ExecutionResult,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createRandom } from '../../scripts/generate/createRandom.ts';
import { subgraphs } from '../../subgraphs/index.ts';
import type * as directoryModule from '../../subgraphs/shared/createDirectory.ts';
import type * as projection from '../../subgraphs/shared/projection.ts';
import type * as selectionModule from '../../subgraphs/shared/selection.ts';
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts';
import { createRecords } from '../helpers/factories.ts';
import { startGraph } from '../helpers/graph.ts';
import { createHub } from '../helpers/hub.ts';
import { ANYONE } from '../../subgraphs/shared/Viewer.ts';

/** Whatever is selected, the answer is the same as if whole rows were read. */

/** How rows are read: whole, and from memory if they are there. */
const reading = vi.hoisted(() => ({ wholeRows: false, fromMemory: false }));

vi.mock('../../subgraphs/shared/projection.ts', async (load) => {
  const real = await load<typeof projection>();
  const toProjection: typeof real.toProjection = (selection, path) => {
    if (!reading.wholeRows) return real.toProjection(selection, path);
    return path ? { rows: 1 } : { searchPrefixes: 0, searchText: 0 };
  };
  return { ...real, toProjection };
});

vi.mock('../../subgraphs/shared/selection.ts', async (load) => {
  const real = await load<typeof selectionModule>();
  const selectionOf: typeof real.selectionOf = (info, rowType) => {
    const selection = real.selectionOf(info, rowType);
    if (!reading.wholeRows) return selection;
    return { ...selection, hasRows: true, hasTotal: true, hasCursors: true };
  };
  return { ...real, selectionOf };
});

vi.mock('../../subgraphs/shared/createDirectory.ts', async (load) => {
  const real = await load<typeof directoryModule>();
  const createDirectory: typeof real.createDirectory = (model) => {
    const directory = real.createDirectory(model);
    const isUsed = () => reading.fromMemory && !reading.wholeRows;
    return {
      ...directory,
      get isOpen() {
        return directory.isOpen && isUsed();
      },
      get: (id) => (isUsed() ? directory.get(id) : undefined),
    };
  };
  return { ...real, createDirectory };
});

const RANDOM_QUERIES = 60;
const ENTITIES = 40;

let graph: Awaited<ReturnType<typeof startGraph>>;
/** Ids of records, by GraphQL type. */
const ids = new Map<string, string[]>();

beforeAll(async () => {
  graph = await startGraph({ directoryRows: 20_000 });
  const records = createRecords();
  createHub(records, 3);
  await records.store();
  for (const { database } of subgraphs) {
    for (const [name, model] of Object.entries(database.models)) {
      const rows = await model.collection.find<{ _id: string }>({}).sort({ _id: 1 }).toArray();
      // Some of the articles' records, and some of the hub's.
      const found = rows.map(({ _id }) => _id);
      ids.set(name, [...found.slice(0, ENTITIES / 2), ...found.slice(-ENTITIES / 2)]);
    }
  }
});

afterAll(() => graph?.close());

type Field = GraphQLField<unknown, unknown>;
type WithFields = GraphQLObjectType | GraphQLInterfaceType;

const fieldsOf = (type: GraphQLCompositeType): Field[] =>
  isUnionType(type)
    ? []
    : Object.values(type.getFields()).filter(
        ({ name, args }) => !name.startsWith('_') && !args.some((each) => isRequiredArgument(each)),
      );

/** Its records are known by id. */
const isEntity = (type: GraphQLObjectType) => 'apollo' in type.extensions;

const isPage = (type: GraphQLCompositeType) => type.name.endsWith('Connection');

/** The field with as little below it as may be. */
function least(field: Field): string {
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return field.name;
  const [leaf] = fieldsOf(type).filter((each) => isLeafType(getNamedType(each.type)));
  if (isPage(type)) return `${field.name} { nodes { __typename } }`;
  return `${field.name} { ${leaf?.name ?? '__typename'} }`;
}

/** What can be selected of a page, each thing alone; fields of its records only where those have no id. */
function eachOfPage(type: GraphQLCompositeType): string[] {
  const nodes = fieldsOf(type).find(({ name }) => name === 'nodes');
  const record = getNamedType(nodes?.type);
  const fields = isObjectType(record) && !isEntity(record) ? fieldsOf(record) : [];
  return [
    'totalCount',
    'nodes { __typename }',
    ...fields.map((field) => `nodes { ${least(field)} }`),
    'edges { cursor }',
    'pageInfo { hasNextPage }',
    'pageInfo { startCursor endCursor }',
  ];
}

/** Selections of a field, each with one thing below it alone. */
function eachBelow(field: Field): string[] {
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return [field.name];
  const below = isPage(type) ? eachOfPage(type) : ['__typename', ...fieldsOf(type).map(least)];
  return below.map((selection) => `${field.name} { ${selection} }`);
}

const random = createRandom(1);
const pick = <T>(items: readonly T[]): T => items[random.integer(0, items.length - 1)] as T;

/** Some fields, some twice under other names, some in fragments. */
function someOf(schema: GraphQLSchema, type: GraphQLCompositeType, depth: number): string {
  const fields = fieldsOf(type).filter((each) => depth > 0 || isLeafType(getNamedType(each.type)));
  const chosen = Array.from({ length: fields.length ? random.integer(1, 3) : 0 }, (_, index) => {
    const field = pick(fields);
    const below = getNamedType(field.type);
    const selection = isCompositeType(below) ? ` { ${someOf(schema, below, depth - 1)} }` : '';
    const directive = random.integer(0, 5) ? '' : ' @include(if: true)';
    const text = `x${depth}${index}${field.name}: ${field.name}${directive}${selection}`;
    return random.integer(0, 3) ? text : `... on ${type.name} { ${text} }`;
  });
  if (isAbstractType(type)) {
    const concrete = pick(schema.getPossibleTypes(type));
    const below = someOf(schema, concrete, Math.min(depth, 1));
    chosen.push(`... on ${concrete.name} { ${below.replaceAll(/\bx/g, `${concrete.name}`)} }`);
  }
  return ['__typename', ...chosen].join(' ');
}

const entitiesOf = (schema: GraphQLSchema): WithFields[] =>
  Object.values(schema.getTypeMap()).filter(isObjectType).filter(isEntity);

function idsOf(type: WithFields): string[] {
  const names = [type.name, ...type.getInterfaces().map(({ name }) => name)];
  return names.flatMap((name) => ids.get(name) ?? []);
}

/** Reads whatever there is to read, the audit trail too. */
const AUDITOR = { ...ANYONE, subject: 'auditor', roles: ['administrator'], scopes: ['audit:read'] };

async function ask(subgraph: Subgraph, query: string, variableValues: Record<string, unknown>) {
  const document = parse(query);
  expect(validate(subgraph.schema, document), query).toEqual([]);
  const { schema } = subgraph;
  return execute({
    schema,
    document,
    variableValues,
    contextValue: subgraph.createContext(AUDITOR),
  });
}

async function expectSame(
  subgraph: Subgraph,
  query: string,
  variables: Record<string, unknown>,
): Promise<ExecutionResult> {
  reading.wholeRows = false;
  const answer = await ask(subgraph, query, variables);
  reading.wholeRows = true;
  const whole = await ask(subgraph, query, variables);
  reading.wholeRows = false;
  expect(whole.errors, query).toBeUndefined();
  expect(answer, query).toEqual(whole);
  return answer;
}

function askEntities(subgraph: Subgraph, type: WithFields, selection: string) {
  const key = type.name === 'OutcomeMetric' ? 'code' : 'id';
  const representations = idsOf(type).map((id) => ({
    __typename: type.name,
    [key]: id,
  }));
  const query = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on ${type.name} { ${selection} } }
  }`;
  return expectSame(subgraph, query, { representations });
}

const isOpen = ({ directories }: Subgraph) => directories.every((directory) => directory.isOpen);

// Thousands of small questions: minutes on the slowest rung of the ladder.
describe.each(subgraphs)('$name', { timeout: 900_000 }, (subgraph) => {
  const { schema } = subgraph;

  it('each field of each record, alone', async () => {
    let found = 0;
    for (const type of entitiesOf(schema)) {
      for (const field of fieldsOf(type)) {
        const answer = await askEntities(subgraph, type, least(field));
        found += JSON.stringify(answer.data).length;
      }
    }
    expect(found).toBeGreaterThan(10_000);
  });

  it('each field below a field, alone', async () => {
    // The types of an interface share their resolvers: one of them stands for all.
    const seen = new Set<string>();
    for (const type of entitiesOf(schema)) {
      for (const field of fieldsOf(type)) {
        const kind = `${type.getInterfaces()[0]?.name ?? type.name}.${field.name}`;
        if (seen.has(kind) || !isCompositeType(getNamedType(field.type))) continue;
        seen.add(kind);
        for (const selection of eachBelow(field)) await askEntities(subgraph, type, selection);
      }
    }
  });

  it('each field of each list', async () => {
    for (const list of fieldsOf(schema.getQueryType() as GraphQLObjectType)) {
      for (const selection of eachBelow(list)) await expectSame(subgraph, `{ ${selection} }`, {});
      const page = getNamedType(list.type);
      if (!isObjectType(page) || !isPage(page)) continue;
      const record = getNamedType(page.getFields()['nodes']?.type);
      if (!isCompositeType(record)) continue;
      for (const field of fieldsOf(record)) {
        await expectSame(subgraph, `{ ${list.name} { nodes { ${least(field)} } } }`, {});
        await expectSame(subgraph, `{ ${list.name} { edges { node { ${least(field)} } } } }`, {});
      }
    }
  });

  it(`${RANDOM_QUERIES} queries at random`, async () => {
    const types = entitiesOf(schema);
    for (let round = 0; round < RANDOM_QUERIES; round += 1) {
      const type = pick(types);
      await askEntities(subgraph, type, someOf(schema, type, 3));
    }
  });

  it('the same from rows in memory', async () => {
    reading.fromMemory = true;
    await vi.waitUntil(() => isOpen(subgraph), { timeout: 60_000 });
    // The first question brings rows into memory, the second finds them there.
    for (const type of entitiesOf(schema)) {
      for (const field of fieldsOf(type)) await askEntities(subgraph, type, least(field));
      for (let round = 0; round < 5; round += 1) {
        await askEntities(subgraph, type, someOf(schema, type, 3));
      }
    }
    reading.fromMemory = false;
  });
});
