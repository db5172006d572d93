import type { z } from 'zod';
import type { Problem, ProblemCode } from './Problem.ts';

const codeOf = (issue: z.core.$ZodIssue): ProblemCode =>
  issue.code === 'custom'
    ? ((issue.params?.['problem'] as ProblemCode | undefined) ?? 'INVALID')
    : 'INVALID';

/** All that a check found wrong with an argument. */
export function toProblems({ issues }: z.ZodError, argument: readonly string[]): Problem[] {
  return issues.map((issue) => ({
    code: codeOf(issue),
    message:
      issue.code === 'unrecognized_keys' ? `has no field ${issue.keys.join(', ')}` : issue.message,
    path: [...argument, ...issue.path.map(String)],
  }));
}
