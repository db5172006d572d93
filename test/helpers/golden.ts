import { readFileSync } from 'node:fs';
import { judge, type Expectation, type Scope } from './goldenExpectation.ts';
import { readPath } from './goldenPath.ts';

interface Step {
  name?: string;
  query: string;
  /** A value `{ "$from": "step:path" }` is taken from an earlier answer. */
  variables?: Record<string, unknown>;
  expect: Expectation[];
}

/** A question that users ask: one query, or several steps that build on each other. */
export type GoldenQuestion = { id: string; questionEn: string } & (Step | { steps: Step[] });

interface GraphError {
  message: string;
  path?: readonly (string | number)[] | undefined;
}

/** Sends an operation to the graph. */
type Execute = (
  query: string,
  variables: Record<string, unknown>,
) => Promise<{ data?: unknown; errors?: readonly GraphError[] | undefined }>;

/** The questions of a file with their expected answers, which `golden.json` explains itself. */
export function readQuestions(url: URL): GoldenQuestion[] {
  // Test data of our own: a question of another shape fails where it is asked.
  const { questions } = JSON.parse(readFileSync(url, 'utf8')) as { questions: GoldenQuestion[] };
  return questions;
}

/** Reads `path` from the latest answer or `name:path` from an earlier one. */
const scopeOf =
  (answers: Map<string, unknown>, latest: string): Scope =>
  (path) => {
    const [, name = latest, inner = path] = /^(\w+):(.*)$/s.exec(path) ?? [];
    if (!answers.has(name)) throw new Error(`no step "${name}"`);
    return readPath(answers.get(name), inner);
  };

function resolveVariables(variables: Record<string, unknown>, scope: Scope) {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => {
      if (typeof value !== 'object' || value === null || !('$from' in value)) return [name, value];
      const taken = scope(String(value.$from));
      if (taken === null) throw new Error(`variable $${name}: ${String(value.$from)} is null`);
      return [name, taken];
    }),
  );
}

const describeError = ({ message, path }: GraphError) =>
  path ? `${message} (at ${path.join('.')})` : message;

async function askStep(
  step: Step,
  name: string,
  answers: Map<string, unknown>,
  execute: Execute,
): Promise<string[]> {
  const scope = scopeOf(answers, name);
  const { data, errors } = await execute(step.query, resolveVariables(step.variables ?? {}, scope));
  if (errors?.length) throw new Error(`GraphQL error: ${errors.map(describeError).join('; ')}`);
  answers.set(name, data);
  if (!step.expect?.length) throw new Error('has no expectations');
  return step.expect.flatMap((expectation) => judge(expectation, scope));
}

/** Asks a question and gives the reasons why the answer is not the expected one; none when it is. */
export async function askGolden(question: GoldenQuestion, execute: Execute): Promise<string[]> {
  const answers = new Map<string, unknown>();
  const reasons: string[] = [];
  for (const [index, step] of ('steps' in question ? question.steps : [question]).entries()) {
    const name = step.name ?? `step${index + 1}`;
    try {
      reasons.push(...(await askStep(step, name, answers, execute)));
    } catch (error) {
      // A later step would only fail for want of this one.
      return [...reasons, `${name}: ${error instanceof Error ? error.message : String(error)}`];
    }
  }
  return reasons;
}
