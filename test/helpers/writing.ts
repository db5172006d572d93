import type { startGraph } from './graph.ts';

type Graph = Pick<Awaited<ReturnType<typeof startGraph>>, 'execute'>;

/** What a mutation answers, whatever the name of its record. */
export interface Written {
  record: ({ id: string; version: number } & Record<string, unknown>) | null;
  problems: string[];
}

const CITED = { sourceId: 'src-bao-thai-binh-2022-02-21', paragraphs: [3] };

/** A citation of an article that the facts have. */
export const cited = (paragraph = 3) => ({ ...CITED, paragraphs: [paragraph] });

const capital = (name: string) => name[0]?.toUpperCase() + name.slice(1);

/** The types of a mutation's arguments. */
const typesOf = (field: string, verb: string): Record<string, string> => ({
  id: 'ID!',
  version: 'Int!',
  input: `${capital(field)}${verb === 'Create' ? 'Create' : 'Change'}Input!`,
  source: 'CitationInput!',
  reason: verb === 'Update' ? 'String' : 'String!',
  idempotencyKey: 'String',
});

/**
 * Writes through the gateway, as `mutate('outcome', 'Create', { input })`: gives the record, and problems as
 * `CODE path`. Rejects with the code of an error.
 */
export function createMutate(graph: Graph, selection = 'id version') {
  return async (
    field: string,
    verb: 'Create' | 'Update' | 'Correct' | 'Withdraw',
    given: Record<string, unknown>,
    key?: string,
  ): Promise<Written> => {
    const types = typesOf(field, verb);
    const names = Object.keys(given);
    const declared = names.map((name) => `$${name}: ${types[name]}`).join(', ');
    const passed = names.map((name) => `${name}: $${name}`).join(', ');
    const query = `mutation (${declared}) { payload: ${field}${verb}(${passed}) {
      record: ${field} { ${selection} } userErrors { code message path }
    } }`;
    const { data, errors } = await graph.execute(query, given, key);
    if (errors?.[0]) throw new Error(String(errors[0].extensions['code']), { cause: errors });
    const { payload } = data as {
      payload: Pick<Written, 'record'> & { userErrors: { code: string; path: string[] }[] };
    };
    return {
      record: payload.record,
      problems: payload.userErrors.map(({ code, path }) => `${code} ${path.join('.')}`),
    };
  };
}
