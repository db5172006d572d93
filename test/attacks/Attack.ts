/** One attack on a GraphQL server, and how it has to be turned away. */
export interface Attack {
  name: string;
  send(url: string): Promise<Outcome>;
  /** The statuses it may have. */
  status: readonly number[];
  /** The code of the first error; undefined where the answer has to be one without errors. */
  code: string | readonly string[] | undefined;
  /** What the answer must not contain. */
  hides?: RegExp;
}

/** What came back. */
export interface Outcome {
  status: number;
  text: string;
}

export async function send(url: string, init: RequestInit): Promise<Outcome> {
  const response = await fetch(url, init);
  return { status: response.status, text: await response.text() };
}

/** Posts a body as JSON, whatever it is. */
export const postJson = (url: string, body: unknown): Promise<Outcome> =>
  send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

/** A document that has to be refused with `code`, by POST with its variables. */
export const refused = (
  name: string,
  code: Attack['code'],
  query: string,
  variables?: unknown,
): Attack => ({
  name,
  code,
  status: [200],
  send: (url) => postJson(url, { query, variables }),
});
