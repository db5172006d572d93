import { execute, parse, type DocumentNode } from 'graphql';
import { request } from 'undici';
import { unavailable } from '../errors.ts';
import { isRecord } from '../isRecord.ts';
import type { Subgraph } from '../subgraph.ts';
import { ANYONE } from '../Viewer.ts';

/** Asks another subgraph; gives the data. Throws `UNAVAILABLE` when it does not answer. */
export type Ask = (
  subgraph: string,
  query: string,
  variables: Record<string, unknown>,
) => Promise<Record<string, unknown>>;

/** The way of one subgraph to the others; whoever starts it says what that is. */
export interface Others {
  ask: Ask;
  use(ask: Ask): void;
}

const comeAgain = (subgraph: string, cause?: unknown) =>
  unavailable(
    `The ${subgraph} service does not answer, and this write refers to its records: come again later. ` +
      'Nothing was written.',
    cause,
  );

/** Makes a way that leads nowhere yet. */
export function createOthers(): Others {
  let current: Ask = (subgraph) => Promise.reject(comeAgain(subgraph));
  return {
    ask: (...given) => current(...given),
    use(ask) {
      current = ask;
    },
  };
}

/** Asks subgraphs of this process. */
export function askInProcess(subgraphs: readonly Subgraph[], otherwise: Ask): Ask {
  const documents = new Map<string, DocumentNode>();
  return async (name, query, variables) => {
    const subgraph = subgraphs.find((each) => each.name === name);
    if (!subgraph) return otherwise(name, query, variables);
    const document = documents.get(query) ?? parse(query);
    documents.set(query, document);
    const { data, errors } = await execute({
      schema: subgraph.schema,
      document,
      variableValues: variables,
      contextValue: subgraph.createContext(ANYONE),
    });
    if (errors?.[0] || !data) throw comeAgain(name, errors?.[0]);
    return data;
  };
}

/** How long another subgraph may take to answer. */
const TIMEOUT_MS = 5_000;

/** The headers by which a subgraph vouches for itself to another one. */
export type HeadersFor = (subgraph: string) => Promise<Record<string, string>>;

/** Asks subgraphs over HTTP. */
export function askOverHttp(
  urls: Readonly<Record<string, string>>,
  headersFor: HeadersFor = async () => ({}),
): Ask {
  return async (name, query, variables) => {
    const url = urls[name];
    if (!url) throw comeAgain(name);
    try {
      const { body } = await request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(await headersFor(name)) },
        body: JSON.stringify({ query, variables }),
        headersTimeout: TIMEOUT_MS,
        bodyTimeout: TIMEOUT_MS,
      });
      const answer: unknown = await body.json();
      if (isRecord(answer) && isRecord(answer['data']) && !answer['errors']) return answer['data'];
      throw new Error(`${name} answered ${JSON.stringify(answer).slice(0, 500)}`);
    } catch (error) {
      throw comeAgain(name, error);
    }
  };
}

/** Lets each subgraph ask the others: those of this process at once, the rest at their addresses. */
export function joinSubgraphs(
  subgraphs: readonly Subgraph[],
  urls: Readonly<Record<string, string>> = {},
  headersFor?: HeadersFor,
): void {
  const ask = askInProcess(subgraphs, askOverHttp(urls, headersFor));
  for (const { others } of subgraphs) others.use(ask);
}
