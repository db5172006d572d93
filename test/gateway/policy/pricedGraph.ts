import { createSubgraph, startTestGateway, type Answer } from '../kit.ts';

/** A small graph with every sort of price; its lists are as long as they say. */
export const shop = () =>
  createSubgraph(
    'shop',
    `
    type Query {
      items(first: Int = 5, last: Int): [Item!]!
        @listSize(slicingArguments: ["first", "last"], requireOneSlicingArgument: false)
      assumed(first: Int): [Item!]!
        @listSize(assumedSize: 7, slicingArguments: ["first"], requireOneSlicingArgument: false)
      page(first: Int): Page
        @listSize(assumedSize: 20, slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)
      strict(first: Int, last: Int): [Item!]! @listSize(slicingArguments: ["first", "last"])
      plain: [Item!]!
      grid: [[Item!]!]!
      tags: [String!]!
      dear: Item @cost(weight: 4)
      find(text: String @cost(weight: 10), filter: Filter): Item
      thing(large: Boolean): Thing
      cheap: Cheap
      colour: Colour
    }
    type Mutation { write(text: String @cost(weight: 2)): Item }
    input Filter { text: String @cost(weight: 3) all: [Filter!] }
    type Page { nodes: [Item!]! edges: [Edge!]! other: [Item!]! total: Int! }
    type Edge { node: Item! }
    type Item { id: ID! item: Item items(first: Int): [Item!]! @listSize(assumedSize: 2, slicingArguments: ["first"], requireOneSlicingArgument: false) }
    interface Thing { id: ID! item: Item }
    type Small implements Thing { id: ID! item: Item part: Item }
    type Large implements Thing @cost(weight: 6) { id: ID! item: Item parts: [Item!]! @listSize(assumedSize: 3) }
    type Cheap @cost(weight: 0) { item: Item @cost(weight: -5) id: ID }
    enum Colour @cost(weight: 2) { RED }
  `,
    {
      Query: {
        items: (_: unknown, { first, last }: Sliced) => items(Math.max(first ?? 0, last ?? 0)),
        assumed: (_: unknown, { first }: Sliced) => items(first ?? 7),
        page: (_: unknown, { first }: Sliced) => {
          const nodes = items(first ?? 20);
          return { nodes, edges: nodes.map((node) => ({ node })), other: items(10), total: 1 };
        },
        strict: (_: unknown, { first, last }: Sliced) => items(first ?? last ?? 0),
        plain: () => items(10),
        grid: () => Array.from({ length: 10 }, () => items(10)),
        tags: () => ['a', 'b'],
        dear: item,
        find: item,
        thing: (_: unknown, { large }: { large?: boolean }) =>
          large
            ? { __typename: 'Large', id: '1', item: item(), parts: items(3) }
            : { __typename: 'Small', id: '1', item: item(), part: item() },
        cheap: () => ({ item: item() }),
        colour: () => 'RED',
      },
      Mutation: { write: item },
    },
  );

interface Sliced {
  first?: number | null;
  last?: number | null;
}

interface ItemRow {
  id: string;
  item(): ItemRow;
  items(given: Sliced): ItemRow[];
}

const item = (): ItemRow => ({ id: 'i', item, items: ({ first }) => items(first ?? 2) });
const items = (length: number) => Array.from({ length }, item);

/** What the gateway says of costs. */
export interface Cost {
  requested: number;
  actual: number;
  budget: number;
  available: number;
  restoreRate: number;
  capacity: number;
  dearest: { path: string; cost: number };
}

/** The header by which a client asks for costs. */
export const ASKING = { 'antq-cost': '1' };

export function costOf({ extensions, errors }: Answer): Cost {
  // The shape is what the tests assert.
  return (extensions?.['cost'] ?? errors?.[0]?.extensions['cost']) as Cost;
}

/** A gateway over the small graph. */
export const startShop = (env: Record<string, string> = {}) => {
  const subgraph = shop();
  return startTestGateway({ subgraphs: [subgraph], inProcess: [subgraph], env });
};
