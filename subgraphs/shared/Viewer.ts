/** Who asks. The gateway finds out; a subgraph decides what that viewer may do. */
export interface Viewer {
  /**
   * The agency that the viewer acts for, by the id of its organization in the graph; null where none was
   * recognized. It stands for that organization and all of its branches.
   */
  agency: string | null;
  /** What the viewer is there, such as `editor` or `administrator`. */
  roles: readonly string[];
  /** What the viewer's key or token is good for, such as `campaigns:write`. */
  scopes: readonly string[];
  /** The key or the token's subject, for the audit trail; null where none was shown. */
  subject: string | null;
}

/** Somebody who has shown nothing: the public. */
export const ANYONE: Viewer = { agency: null, roles: [], scopes: [], subject: null };
