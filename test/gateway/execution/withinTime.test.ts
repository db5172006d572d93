import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse, validate } from 'graphql';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { OutOfTime, withinTime } from '../../../gateway/execution/withinTime.ts';
import { readOperations } from '../../../gateway/operations/readOperations.ts';

const CUT_OFF = 150;

const sdl = readFileSync('schema/supergraph.graphql', 'utf8');
const createPlan = () => {
  const supergraph = Supergraph.build(sdl);
  const planner = new QueryPlanner(supergraph);
  const schema = supergraph.apiSchema();
  const plan = (query: string) =>
    planner.buildQueryPlan(operationFromDocument(schema, parse(query), { validate: false }));
  return { plan, schema: schema.toGraphQLJSSchema() };
};

interface Questions {
  questions: { query: string }[];
}

/** What users ask. */
async function readQueries(): Promise<string[]> {
  const { questions } = JSON.parse(readFileSync('test/graph/answers.json', 'utf8')) as Questions;
  const saved = await readOperations('schema/operations');
  return [...saved.values(), ...questions.map(({ query }) => query)];
}

test('a planner that was ended anywhere in the middle, many times, plans as a new one does', async () => {
  const { plan, schema } = createPlan();
  const queries = (await readQueries()).filter((query) => !validate(schema, parse(query)).length);
  expect(queries.length).toBeGreaterThan(100);

  let cutOff = 0;
  for (let tried = 0; cutOff < CUT_OFF; tried += 1) {
    try {
      withinTime(1 + (tried % 5), () => plan(queries[tried % queries.length] ?? ''));
    } catch (error) {
      if (!(error instanceof OutOfTime)) throw error;
      cutOff += 1;
    }
  }
  const fresh = createPlan();
  for (const query of queries) expect(plan(query), query).toEqual(fresh.plan(query));
});

test('what is thrown in time is thrown on, and what is given is given on', () => {
  const given = {};
  expect(withinTime(1_000, () => given)).toBe(given);
  const failure = new Error('a failure');
  expect(() =>
    withinTime(1_000, () => {
      throw failure;
    }),
  ).toThrow(failure);
  expect(() =>
    withinTime(10, () => {
      for (;;);
    }),
  ).toThrow(OutOfTime);
});
