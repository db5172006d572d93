import type { Answer } from './graph.ts';

/** Whatever answers operations. */
interface Graph {
  execute(query: string, variables?: Record<string, unknown>): Promise<Answer>;
}

/** Asks and gives the data, of the shape that the query asks for; fails when there are errors. */
export async function ask<TData>(
  graph: Graph,
  query: string,
  variables?: Record<string, unknown>,
): Promise<TData> {
  const { data, errors } = await graph.execute(query, variables);
  if (errors) {
    throw new Error(`${errors.map(({ message }) => message).join('; ')} in answer to ${query}`);
  }
  return data as TData;
}
