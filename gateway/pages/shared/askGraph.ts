/** An answer of the graph. Partial where a subgraph is down: then there are data and errors. */
export interface GraphAnswer<Data> {
  data?: Data | null;
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
  extensions?: Record<string, unknown>;
}

/**
 * Asks the gateway that serves this page.
 * Rejects when it can't be reached, or answers something that is no GraphQL answer.
 */
export async function askGraph<Data>(
  request: { query: string; variables?: Record<string, unknown>; operationName?: string },
  { headers = {}, signal }: { headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<GraphAnswer<Data>> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      ...headers,
    },
    body: JSON.stringify(request),
    signal: signal ?? null,
  });
  return (await response.json()) as GraphAnswer<Data>;
}
