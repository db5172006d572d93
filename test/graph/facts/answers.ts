import type { startGraph } from '../../helpers/graph.ts';
import { isObject, valueAt } from './leaves.ts';

type Graph = Awaited<ReturnType<typeof startGraph>>;

/** All that a list of the API answers. */
export interface Answers {
  totalCount: unknown;
  nodes: Map<string, unknown>;
}

const listQuery = (list: string, selection: string) => `query ($after: String) {
  ${list}(first: 100, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes { ${selection} }
  }
}`;

/** Reads a list of the API to its end; a GraphQL error or a node that comes twice throws. */
export async function readList(graph: Graph, list: string, selection: string): Promise<Answers> {
  const query = listQuery(list, selection);
  const answers: Answers = { totalCount: undefined, nodes: new Map() };
  let after: unknown = null;
  do {
    const { data, errors } = await graph.execute(query, { after });
    if (errors?.length) throw new Error(`${list}: ${JSON.stringify(errors)}`);

    const page = valueAt(data, list);
    const nodes = valueAt(page, 'nodes');
    for (const node of Array.isArray(nodes) ? nodes.filter(isObject) : []) {
      const id = String(node.id);
      if (answers.nodes.has(id)) throw new Error(`${list}: ${id} came twice`);
      answers.nodes.set(id, node);
    }
    answers.totalCount = valueAt(page, 'totalCount');
    after = valueAt(page, 'pageInfo.hasNextPage') ? valueAt(page, 'pageInfo.endCursor') : null;
  } while (after);
  return answers;
}
