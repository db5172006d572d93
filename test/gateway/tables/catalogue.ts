import { GraphQLError } from 'graphql';
import { createSubgraph } from '../kit.ts';

export interface CatalogueSettings {
  /** How many items there are. */
  items: number;
  /** Which items have been taken away. */
  taken?: ReadonlySet<number>;
  /** How many parts each has, by its number. */
  parts?: (item: number) => number;
  /** How many screws each part has. */
  screws?: (item: number, part: number) => number;
  names?: readonly string[];
  /** Whether the lists of screws say where their next page begins. */
  tellsCursors?: boolean;
  /** The item at which the list breaks. */
  breaksAt?: number;
  /** Told of each page that is asked for. */
  onPage?: (after: number) => void | Promise<void>;
}

const sdl = /* GraphQL */ `
  type Query {
    items(first: Int = 20, after: String): ItemConnection!
      @listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"])
    item(id: ID!): Item
    echo(texts: [String!], filter: Filter, count: Int, isNew: Boolean): [Echo!]!
    shapes: [Shape!]!
  }
  input Filter {
    size: Int
    colors: [Color!]
    inner: Filter
  }
  enum Color {
    RED
    BLUE
  }
  type Echo {
    text: String
  }
  interface Shape {
    id: ID!
  }
  type Circle implements Shape {
    id: ID!
    radius: Float
  }
  type Square implements Shape {
    id: ID!
    side: Int!
  }
  type PageInfo {
    hasNextPage: Boolean!
    endCursor: String
  }
  type ItemConnection {
    nodes: [Item!]!
    edges: [ItemEdge!]!
    pageInfo: PageInfo!
    totalCount: Int!
  }
  type ItemEdge {
    cursor: String!
    node: Item!
  }
  type Item {
    id: ID!
    "What it is called."
    name: String
    color: Color
    size: Int!
    weight: Float
    isNew: Boolean!
    tags: [String!]!
    box: Box
    parts(first: Int = 20, after: String): PartConnection!
    others: [Part!]!
    provenance: [Provenance!]!
  }
  type Box {
    name: Text!
  }
  type Text {
    vi: String!
    en: String
  }
  type PartConnection {
    nodes: [Part!]!
    edges: [PartEdge!]!
    pageInfo: PageInfo!
  }
  type PartEdge {
    cursor: String!
    node: Part!
  }
  type Part {
    name: String!
    count: Int
    screws(first: Int = 20, after: String): ScrewConnection!
  }
  type ScrewConnection {
    nodes: [Screw!]!
    pageInfo: PageInfo!
  }
  type Screw {
    name: String!
  }
  type Provenance {
    asPrinted: String
    paragraphs: [Int!]!
    source: Source!
  }
  type Source {
    id: ID!
    title: String!
  }
`;

interface PageArguments {
  first: number;
  after?: string | null;
}

/** A page of a list of so many; cursors are numbers, counted from one. */
function page<T>(length: number, { first, after }: PageArguments, at: (index: number) => T) {
  const start = after ? Number(after) : 0;
  const end = Math.min(start + first, length);
  const nodes = Array.from({ length: Math.max(0, end - start) }, (_, index) => at(start + index));
  return {
    nodes,
    edges: nodes.map((node, index) => ({ cursor: String(start + index + 1), node })),
    pageInfo: { hasNextPage: end < length, endCursor: String(end) },
    totalCount: length,
  };
}

/** A subgraph with lists as long as a test wants them. */
export function createCatalogue({
  items,
  taken = new Set(),
  parts = () => 0,
  screws = () => 0,
  names = [],
  tellsCursors = true,
  breaksAt = Infinity,
  onPage,
}: CatalogueSettings) {
  const part = (item: number, number: number) => ({
    name: `part ${number}`,
    count: number,
    item,
  });
  const item = (number: number) => {
    if (number >= breaksAt) {
      throw new GraphQLError('The shelf broke.', { extensions: { code: 'SHELF_BROKEN' } });
    }
    return {
      id: `item-${number}`,
      name: names[number % names.length] ?? `Đạ Tẻh ${number}`,
      color: number % 2 ? 'RED' : null,
      size: number,
      weight: number / 8,
      isNew: number % 3 === 0,
      tags: number % 2 ? ['a', 'b;c'] : [],
      box: number % 5 ? { name: { vi: 'Hộp', en: null } } : null,
      number,
      others: [{ ...part(number, 0), name: 'other' }],
      provenance: [
        { asPrinted: `${number}`, paragraphs: [1, 2], source: { id: 's1', title: 'Báo' } },
        { asPrinted: null, paragraphs: [3], source: { id: 's2', title: 'Đài' } },
      ],
    };
  };
  return createSubgraph('catalogue', sdl, {
    Query: {
      async items(_: unknown, given: PageArguments) {
        await onPage?.(given.after ? Number(given.after) : 0);
        if (!taken.size) return page(items, given, item);
        const left = Array.from({ length: items }, (_each, number) => number).filter(
          (number) => number >= Number(given.after ?? 0) && !taken.has(number),
        );
        const edges = left
          .slice(0, given.first)
          .map((number) => ({ cursor: String(number + 1), node: item(number) }));
        return {
          edges,
          nodes: edges.map(({ node }) => node),
          pageInfo: {
            hasNextPage: left.length > given.first,
            endCursor: edges.at(-1)?.cursor ?? null,
          },
        };
      },
      item: (_: unknown, { id }: { id: string }) => item(Number(id.replace('item-', ''))),
      echo: (_: unknown, given: object) => [{ text: JSON.stringify(given) }],
      shapes: () => [
        { __typename: 'Circle', id: 'c', radius: 1.5 },
        { __typename: 'Square', id: 's', side: 2 },
      ],
    },
    Item: {
      parts: ({ number }: { number: number }, given: PageArguments) =>
        page(parts(number), given, (index) => part(number, index)),
    },
    Part: {
      screws({ item, count }: { item: number; count: number }, given: PageArguments) {
        const all = page(screws(item, count), given, (index) => ({ name: `screw ${index}` }));
        return tellsCursors ? all : { ...all, pageInfo: { ...all.pageInfo, endCursor: null } };
      },
    },
  });
}
