import { afterAll, beforeAll, expect, it } from 'vitest';
import { askGolden, readQuestions } from '../helpers/golden.ts';
import { startGraph } from '../helpers/graph.ts';

// Their answers were worked out from the fact files by a program that shares nothing with this one.
const questions = readQuestions(new URL('answers.json', import.meta.url));

let graph: Awaited<ReturnType<typeof startGraph>>;

beforeAll(async () => {
  graph = await startGraph();
});

afterAll(() => graph?.close());

it.each(questions)('$id: $questionEn', async (question) => {
  const reasons = await askGolden(question, (query, variables) => graph.execute(query, variables));
  expect(reasons).toEqual([]);
});
