import { graphql } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMonolith } from '../../scripts/bench/monolith.ts';
import { subgraphs } from '../../subgraphs/index.ts';
import { askGolden, readQuestions } from '../helpers/golden.ts';
import { startGraph } from '../helpers/graph.ts';

/** The graph in one schema is a reference for the gateway: it answers as the gateway does. */

const questions = ['golden.json', 'answers.json'].flatMap((file) =>
  readQuestions(new URL(`../graph/${file}`, import.meta.url)),
);
const monolith = createMonolith(subgraphs);

let graph: Awaited<ReturnType<typeof startGraph>>;

beforeAll(async () => {
  graph = await startGraph();
});

afterAll(() => graph?.close());

/** The answer of the graph in one schema, as a client would read it. */
async function executeInOne(query: string, variableValues: Record<string, unknown>) {
  const { schema, createContext } = monolith;
  const contextValue = createContext();
  const answer = await graphql({ schema, source: query, variableValues, contextValue });
  return JSON.parse(JSON.stringify(answer)) as { data?: unknown; errors?: { message: string }[] };
}

it.each(questions)('$id: $questionEn', async (question) => {
  const differences: unknown[] = [];
  const reasons = await askGolden(question, async (query, variables) => {
    const [ours, theirs] = await Promise.all([
      executeInOne(query, variables),
      graph.execute(query, variables),
    ]);
    if (JSON.stringify(ours.data) !== JSON.stringify(theirs.data)) differences.push(ours, theirs);
    return ours;
  });
  expect({ reasons, differences }).toEqual({ reasons: [], differences: [] });
});
