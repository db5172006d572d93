/** A saved operation: what it asks, and the types of its variables and its answer. */
export interface Operation<Data, Variables> {
  operationName?: string;
  query: string;
  /** Never there: it holds the types. */
  readonly types?: (variables: Variables) => Data;
}

export interface GraphError {
  message: string;
  path?: (string | number)[];
  extensions?: Record<string, unknown>;
}

/** An answer of the graph. Partial where a subgraph is down: then there are data and errors. */
export interface GraphAnswer<Data> {
  data?: Data | null;
  errors?: GraphError[];
  extensions?: Record<string, unknown>;
}

/**
 * Asks the gateway that serves this page.
 * Rejects when it can't be reached, or answers something that is no GraphQL answer.
 */
export async function askGraph<Data, Variables extends object>(
  operation: Operation<Data, Variables>,
  variables: Variables,
  { headers = {}, signal }: { headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<GraphAnswer<Data>> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      ...headers,
    },
    body: JSON.stringify({ ...operation, variables }),
    signal: signal ?? null,
  });
  return (await response.json()) as GraphAnswer<Data>;
}
