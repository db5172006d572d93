import { forbidden, unauthenticated } from '../errors.ts';
import type { Viewer } from '../Viewer.ts';

/** An organization with all that stand above it: itself first. */
export type Chain = readonly string[];

export const isAdministrator = ({ roles }: Viewer) => roles.includes('administrator');

const has = ({ scopes }: Viewer, scope: string) => scopes.includes(scope) || scopes.includes('*');

/** Throws `UNAUTHENTICATED` when nobody was recognized. */
function requireSomebody(viewer: Viewer): void {
  if (viewer.agency !== null || viewer.subject !== null) return;
  throw unauthenticated('This needs an agency: send its API key or token.');
}

/**
 * Throws unless the viewer may write in the subgraph at all: `UNAUTHENTICATED` when nobody was recognized,
 * `FORBIDDEN` without the role `editor` or `administrator`, or without the scope.
 * @param subgraph Null where the scope of any subgraph serves.
 */
export function requireWriter(viewer: Viewer, subgraph: string | null): void {
  requireSomebody(viewer);
  if (!viewer.roles.includes('editor') && !isAdministrator(viewer)) {
    throw forbidden('Writing needs the role "editor". Ask an administrator of your agency for it.');
  }
  const scope = `${subgraph ?? 'organizations'}:write`;
  const serves = subgraph === null && viewer.scopes.some((each) => each.endsWith(':write'));
  if (!serves && !has(viewer, scope)) {
    throw forbidden(`This needs a key with the scope "${scope}".`);
  }
}

/** Throws unless the viewer may read the audit trail of its agency, by the same codes. */
export function requireAuditor(viewer: Viewer): void {
  requireSomebody(viewer);
  if (!has(viewer, 'audit:read')) {
    throw forbidden('The audit trail needs a key with the scope "audit:read".');
  }
}

/** Whether a record with these owners is the viewer's to write: see `rules.ts`. */
export function mayWrite(viewer: Viewer, owners: readonly Chain[]): boolean {
  if (isAdministrator(viewer)) return true;
  const { agency } = viewer;
  return agency !== null && owners.some((chain) => chain.includes(agency));
}
