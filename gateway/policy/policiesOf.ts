import type { Viewer } from '../../subgraphs/shared/Viewer.ts';

/**
 * The names that `@policy(policies: …)` is satisfied by: each role of the viewer, as `editor` and as
 * `role:editor`; its agency, as `agency:org-bo-cong-an`. The public has none.
 */
export function policiesOf({ agency, roles }: Viewer): Set<string> {
  return new Set([
    ...roles,
    ...roles.map((role) => `role:${role}`),
    ...(agency === null ? [] : [`agency:${agency}`]),
  ]);
}
