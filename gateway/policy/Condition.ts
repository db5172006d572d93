import { dnfConjunction } from '@apollo/federation-internals';
import type { Viewer } from '../../subgraphs/shared/Viewer.ts';
import { policiesOf } from './policiesOf.ts';

/** What a directive demands of who asks. `anyOf` holds lists of names: all names of one of the lists are enough. */
export type Condition =
  | { kind: 'authenticated' }
  | { kind: 'scopes'; anyOf: readonly (readonly string[])[] }
  | { kind: 'policies'; anyOf: readonly (readonly string[])[] };

/** The scope that stands for all scopes. */
const ALL_SCOPES = '*';

/** Whether the viewer is such a one. The public meets no condition, not even one that names nothing. */
export function isMet(condition: Condition, viewer: Viewer): boolean {
  if (viewer.subject === null) return false;
  switch (condition.kind) {
    case 'authenticated':
      return true;
    case 'scopes':
      return (
        viewer.scopes.includes(ALL_SCOPES) || meetsAny(condition.anyOf, new Set(viewer.scopes))
      );
    case 'policies':
      return meetsAny(condition.anyOf, policiesOf(viewer));
  }
}

// Composition takes an empty list for no demand at all.
const meetsAny = (anyOf: readonly (readonly string[])[], names: ReadonlySet<string>) =>
  anyOf.length === 0 || anyOf.some((all) => all.every((name) => names.has(name)));

/** Whether whoever meets all of `others` meets `condition` too. */
export function follows(condition: Condition, others: readonly Condition[]): boolean {
  if (condition.kind === 'authenticated')
    return others.some(({ kind }) => kind === 'authenticated');
  const lists = others.flatMap((other) =>
    other.kind === condition.kind && 'anyOf' in other ? [other.anyOf.map((all) => [...all])] : [],
  );
  const cases = lists.length ? dnfConjunction(lists) : [[]];
  return cases.every((given) => meetsAny(condition.anyOf, new Set(given)));
}

/** What a person must show to meet a condition. */
export function describe(condition: Condition): string {
  if (condition.kind === 'authenticated') return 'an API key or a token';
  const [one, many] = condition.kind === 'scopes' ? ['scope', 'scopes'] : ['policy', 'policies'];
  const lists = condition.anyOf.map(
    (all) => `the ${all.length > 1 ? many : one} ${all.join(' and ')}`,
  );
  return lists.join(', or ') || 'an API key or a token';
}
