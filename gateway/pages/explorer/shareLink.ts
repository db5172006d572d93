/** What a link to the explorer holds: in its hash, which browsers send to nobody. */
export interface SharedOperation {
  query: string;
  variables?: string;
}

/** Reads the operation that the address of the page holds; undefined when it holds none. */
export function readShareLink(): SharedOperation | undefined {
  const parameters = new URLSearchParams(location.hash.slice(1));
  const query = parameters.get('query');
  if (!query) return undefined;
  const variables = parameters.get('variables');
  return { query, ...(variables && { variables }) };
}

/** Puts an operation into the address of the page, and gives that. */
export function makeShareLink({ query, variables }: SharedOperation): string {
  const parameters = new URLSearchParams({ query, ...(variables?.trim() && { variables }) });
  history.replaceState(null, '', `#${parameters}`);
  return location.href;
}
