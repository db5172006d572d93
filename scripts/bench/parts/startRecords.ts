import { buildSubgraphSchema } from '@apollo/subgraph';
import { startOurGateway } from './ours.ts';
import { recordAt, typeDefs } from './records.ts';

/** The product's gateway over a subgraph in its process that makes so many records up: no database takes part. */
export function startRecords(count: number) {
  const records = (_root: unknown, { first, after }: { first: number; after?: string | null }) => {
    const start = Number(after ?? 0);
    const end = Math.min(start + first, count);
    return {
      nodes: Array.from({ length: Math.max(0, end - start) }, (_, at) => recordAt(start + at)),
      pageInfo: { hasNextPage: end < count, endCursor: String(end) },
    };
  };
  const schema = buildSubgraphSchema({ typeDefs, resolvers: { Query: { records } } });
  return startOurGateway([{ name: 'records', schema, createContext: () => ({}) }]);
}
