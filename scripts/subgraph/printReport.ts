import type { CheckReport } from './checkSubgraph.ts';

/** Writes what a check found for people: a line for each step, and below it what it has to say. */
export function printReport({ name, ok, steps, skipped }: CheckReport): string {
  const lines = steps.flatMap((step) => [
    `${step.ok ? '  ok  ' : ' FAIL '} ${step.step}`,
    ...step.messages.map(({ level, text }) =>
      `${level === 'note' ? '' : `${level}: `}${text}`.replaceAll(/^/gm, ' '.repeat(9)),
    ),
  ]);
  const reasons = new Map<string, string[]>();
  for (const { step, reason } of skipped)
    reasons.set(reason, [...(reasons.get(reason) ?? []), step]);
  for (const [reason, names] of reasons) lines.push(`   –   ${names.join(', ')}: ${reason}`);
  const failed = steps.filter((step) => !step.ok).map(({ step }) => step);
  const verdict = ok ? `"${name}" is good` : `"${name}" is not good: ${failed.join(', ')}`;
  return [...lines, '', verdict].join('\n');
}
