import fc from 'fast-check';
import {
  execute,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  getNamedType,
  parse,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subgraphs } from '../../subgraphs/index.ts';
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts';
import { ANYONE } from '../../subgraphs/shared/Viewer.ts';
import { explain } from '../helpers/commandShapes.ts';
import { createKeys, editorOf } from '../helpers/createKeys.ts';
import { startGraph, type Answer } from '../helpers/graph.ts';
import { recordCommands } from '../helpers/recordCommands.ts';
import { createMutate, cited } from '../helpers/writing.ts';
import { expectOnlyValues } from './expectOnlyValues.ts';
import { nastyTexts, noText, text, valueOf } from './nasty.ts';
import { queryOf, rootFields } from './rootFields.ts';

/** What users send is never more than a value to the database: the commands that were sent show it. */

const RUNS = 25;

let graph: Awaited<ReturnType<typeof startGraph>>;
let keys: Awaited<ReturnType<typeof createKeys<'police'>>>;

beforeAll(async () => {
  keys = await createKeys({ police: editorOf('org-cong-an-tinh-thai-binh') });
  graph = await startGraph({ keysFile: keys.file });
});

afterAll(async () => {
  await graph?.close();
  await keys?.remove();
});

const ask = (field: (typeof rootFields)[number], variables: Record<string, unknown>) =>
  recordCommands(() => graph.execute(queryOf(field, variables), variables, keys.keys.police));

/** Errors are those of whoever asked. */
function expectNoFault({ errors = [] }: Answer) {
  for (const { extensions, message } of errors) {
    expect(String(extensions['code']), message).not.toMatch(/^(INTERNAL|DATABASE|SUBGRAPH)_/);
  }
}

it('each argument of each root field: whatever text is given is a value and no more', async () => {
  let found = 0;
  for (const field of rootFields) {
    const required = field.args.filter(isRequiredArgument).map(({ name }) => name);
    const values = fc.record(
      Object.fromEntries(field.args.map(({ name, type }) => [name, valueOf(type, name)])),
      { requiredKeys: required },
    );
    await fc.assert(
      fc.asyncProperty(values, async (variables) => {
        const { result, commands } = await ask(field, variables);
        expectNoFault(result);
        found += expectOnlyValues(commands);
      }),
      { numRuns: RUNS },
    );
  }
  // It would be easy to find nothing where nothing is asked.
  expect(found).toBeGreaterThan(rootFields.length * 5);
});

it('what is no text never reaches the database in the place of one', async () => {
  for (const field of rootFields) {
    const texts = field.args.filter(({ type }) =>
      ['ID', 'String'].includes(getNamedType(type).name),
    );
    for (const { name } of texts) {
      await fc.assert(
        fc.asyncProperty(noText, async (value) => {
          const others = texts.filter(isRequiredArgument).map((arg) => [arg.name, 'x'] as const);
          const variables = { ...Object.fromEntries(others), [name]: value };
          const { result, commands } = await ask(field, variables);
          expect(result.errors?.length).toBeGreaterThan(0);
          expectNoFault(result);
          expect(commands).toEqual([]);
        }),
        { numRuns: 10 },
      );
    }
  }
});

describe('_entities, as whoever reaches a subgraph can ask for them', () => {
  const askEntities = (subgraph: Subgraph, selection: string, of: unknown[]) =>
    recordCommands(
      async () =>
        execute({
          schema: subgraph.schema,
          document: parse(`query ($of: [_Any!]!) { _entities(representations: $of) ${selection} }`),
          variableValues: { of },
          contextValue: subgraph.createContext(ANYONE),
        }),
      [subgraph],
    );

  it.each(subgraphs)('of $name: keys that are no texts are refused', async (subgraph) => {
    const union = subgraph.schema.getType('_Entity');
    const types = Object.values(subgraph.schema.getTypeMap())
      .filter((type) => isObjectType(type) || isInterfaceType(type))
      .filter(({ astNode }) => astNode?.directives?.some(({ name }) => name.value === 'key'));
    expect(union).toBeDefined();
    expect(types.length).toBeGreaterThan(2);
    for (const { name } of types) {
      await fc.assert(
        fc.asyncProperty(noText, async (key) => {
          const value = JSON.stringify(key);
          const forged: unknown = JSON.parse(
            `{"__typename":"${name}","id":${value},"code":${value},"__proto__":{"isForged":true}}`,
          );
          const { result, commands } = await askEntities(subgraph, '{ __typename }', [forged]);
          expect(result.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
          expect(commands).toEqual([]);
        }),
        { numRuns: 10 },
      );
    }
    expect({}).not.toHaveProperty('isForged');
  });

  const below: Record<string, string> = {
    organizations: '{ ... on Organization { name { vi } } }',
    campaigns: '{ ... on Organization { campaigns(first: 1) { totalCount nodes { id } } } }',
    recognitions:
      '{ ... on Organization { recognitionsReceived(first: 1) { totalCount nodes { id } } } }',
  };

  it.each(subgraphs)(
    'of $name: keys that are texts are values, in expressions too',
    async (subgraph) => {
      let found = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), async (ids) => {
          const of = ids.map((id) => ({ __typename: 'Organization', id }));
          const { result, commands } = await askEntities(subgraph, below[subgraph.name] ?? '', of);
          expect(result.errors).toBeUndefined();
          found += expectOnlyValues(commands);
        }),
        { numRuns: RUNS },
      );
      expect(found).toBeGreaterThan(RUNS);
    },
  );
});

it('no search makes the database read a whole collection, and none is long', async () => {
  const searches = [
    ...nastyTexts,
    'a b c d e f g h i j k l',
    'đ'.repeat(200),
    '\u0301'.repeat(200),
    'ﷺ'.repeat(190),
    'a.'.repeat(100),
    'x'.repeat(100_000),
  ];
  const searched = rootFields.filter(({ args }) => args.some(({ name }) => name === 'search'));
  expect(searched.length).toBeGreaterThan(0);
  for (const field of searched) {
    for (const search of searches) {
      const { result, commands } = await ask(field, { search, first: 100 });
      expectNoFault(result);
      for (const command of commands) {
        expect(await explain(command)).not.toContain('COLLSCAN');
        expect(JSON.stringify(command.command['pipeline']).length).toBeLessThan(5_000);
      }
    }
  }
});

it('too many values of one field are refused before the database is asked', async () => {
  const ids = Array.from({ length: 1_001 }, (_, index) => `unit-${index}`);
  const query = `query ($ids: [ID!]) { campaigns(filter: { unitIds: $ids }) { totalCount } }`;
  const { result, commands } = await recordCommands(() => graph.execute(query, { ids }));
  expect(result.errors?.length).toBeGreaterThan(0);
  expectNoFault(result);
  expect(commands).toEqual([]);
});

it('what is written is kept as it was said, and changes nothing beside it', async () => {
  const mutate = createMutate(graph, 'id version name { vi }');
  const create = (input: unknown) => mutate('outcome', 'Create', { input }, keys.keys.police);
  const names = ['$where', '$$ROOT', '{"$set":{"version":9}}', '__proto__', 'a.b.$c'];
  for (const [index, vi] of names.entries()) {
    const input = {
      id: `out-injected-${index}`,
      metricCode: 'LEAFLETS',
      name: { vi },
      measure: { value: 1, qualifier: 'EXACT', asPrinted: '1' },
      period: { from: '2024' },
      contributorIds: ['org-cong-an-tinh-thai-binh'],
      provenance: [cited()],
    };
    expect(await create(input)).toEqual({
      record: { id: input.id, version: 1, name: { vi } },
      problems: [],
    });
    await expect(create({ ...input, name: { vi: { $ne: '' } } })).rejects.toThrow('BAD_USER_INPUT');
    await expect(create({ ...input, $set: { version: 9 } })).rejects.toThrow('BAD_USER_INPUT');
    await expect(create({ ...input, 'name.vi': 'x' })).rejects.toThrow('BAD_USER_INPUT');
  }
});
