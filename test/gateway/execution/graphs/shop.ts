import type { GraphParts, Row } from './Graph.ts';
import { createTable } from './Graph.ts';

/*
 * Products of three subgraphs: @requires (also nested and through lists, and of what is itself computed
 * from something required), @provides, @override, @shareable, lists of lists, a scalar that is an object,
 * enums, arguments of all kinds, mutations with a state.
 */

const user = (id: string, name: string) => ({ id, name, karma: Number(id) * 7 });
const users = createTable([user('1', 'An'), user('2', 'Bình'), user('3', 'Chi')]);

const products = createTable([
  {
    id: '1',
    code: 'A-1',
    name: 'Ấm',
    price: { amount: 3, currency: 'VND' },
    weight: 2.5,
    size: 'SMALL',
    boxes: [
      { height: 1, width: 2 },
      { height: 3, width: 4 },
    ],
    shelves: [[{ height: 5, width: 6 }], [], [{ height: 7, width: 8 }]],
    related: ['2', '3', '2'],
    tags: ['a', 'b'],
  },
  {
    id: '2',
    code: 'A-2',
    name: null,
    price: null,
    weight: null,
    size: 'LARGE',
    boxes: null,
    shelves: null,
    related: [],
    tags: [],
  },
  {
    id: '3',
    code: 'B-1',
    name: 'Chén',
    price: { amount: 1, currency: 'USD' },
    weight: 0.5,
    size: null,
    boxes: [],
    shelves: [null, [{ height: 1, width: 1 }, null]],
    related: ['1', '9'],
    tags: ['c'],
  },
]);

const reviews = createTable([
  { id: 'r1', product: '1', author: '1', stars: 5, text: 'tốt "lắm"\n' },
  { id: 'r2', product: '1', author: '2', stars: 3, text: '' },
  { id: 'r3', product: '3', author: '1', stars: 1, text: null },
]);

interface Boxed {
  boxes?: ({ height: number } | null)[] | null;
  shelves?: (({ width: number } | null)[] | null)[] | null;
}

const volume = ({ boxes }: Boxed) =>
  (boxes ?? []).reduce((sum, box) => sum + (box?.height ?? 0), 0);

const room = ({ shelves }: Boxed) =>
  (shelves ?? []).flatMap((shelf) => shelf ?? []).reduce((sum, box) => sum + (box?.width ?? 0), 0);

const shipping = (weight: unknown, zone: unknown) =>
  typeof weight === 'number' ? Math.round(weight * 10) * Number(zone ?? 0) : null;

const delivery = (cost: unknown, size: unknown) => `${Number(cost ?? 0)} ${String(size)}`;

const costOf = (row: Row) => volume(row) * 2;

interface Filter {
  sizes?: (string | null)[] | null;
  page?: { first?: number | null } | null;
}

const queries = {
  products: (_: unknown, { first }: { first?: number | null }) => products.first(first),
  product: (_: unknown, { id }: { id: string }) => products.byId(id),
  filtered: (_: unknown, { filter }: { filter?: Filter | null }) =>
    products
      .first(filter?.page?.first)
      .filter(({ size }) => !filter?.sizes || filter.sizes.includes(size)),
  matrix: () => [[products.byId('1'), products.byId('2')], null, [], [products.byId('3'), null]],
  echo: (_: unknown, { money }: { money?: unknown }) => money ?? null,
};

const productFields = {
  name: ({ name }: { name: string | null }, { upper }: { upper?: boolean | null }) =>
    upper ? (name?.toUpperCase() ?? null) : name,
  related: ({ related }: { related: string[] }, { first }: { first?: number | null }) =>
    products.byIds(related).slice(0, first ?? related.length),
  sku: ({ code }: { code: string }) => ({ code, check: code.length }),
};

const reviewFields = {
  author: ({ author }: { author: string }) => users.byId(author),
  product: ({ product }: { product: string }) => products.byId(product),
};

const productReviews = ({ id }: { id: string }) =>
  reviews.rows.filter(({ product }) => product === id);

interface Counter {
  count: number;
}

const add = (_: unknown, { by }: { by?: number | null }, context: Counter) => {
  context.count += by ?? 0;
  return { count: context.count, product: products.byId(String(context.count % 4)) };
};

const like = (_: unknown, { id }: { id: string }, context: { likes: string[] }) => {
  context.likes.push(id);
  if (id === '3') return new Error('nobody may like 3');
  return { likes: [...context.likes], user: users.byId(id) };
};

const shared = `
  scalar Money
  enum Size { SMALL LARGE }
`;

const filterSdl = `
  input Filter { sizes: [Size] page: Page = { first: 2 } }
  input Page { first: Int = 1 }
`;

export const shop: GraphParts = {
  name: 'shop',
  subgraphs: {
    catalogue: {
      sdl: `${shared} ${filterSdl}
      type Query {
        products(first: Int = 2): [Product]
        product(id: ID!): Product
        filtered(filter: Filter = { sizes: [SMALL] }): [Product!]
        matrix: [[Product]]
        echo(money: Money): Money
      }
      type Mutation { add(by: Int! = 1): Added }
      type Added { count: Int! product: Product }
      type Product @key(fields: "id") @key(fields: "sku { code }") {
        id: ID!
        sku: Sku!
        name(upper: Boolean = false): String
        price: Money
        weight: Float
        size: Size
        boxes: [Box!]
        shelves: [[Box]]
        related(first: Int): [Product]
        tags: [String!]!
        label: String
      }
      type Sku { code: ID! check: Int @shareable }
      type Box { height: Int! width: Int! }`,
      createContext: () => ({ count: 0 }),
      resolvers: {
        Query: queries,
        Mutation: { add },
        Product: {
          ...productFields,
          __resolveReference: (reference: Row) =>
            reference['id'] === undefined
              ? (products.rows.find(({ code }) => code === (reference['sku'] as Row)['code']) ??
                null)
              : products.byId(reference['id']),
          label: () => new Error('this field has moved'),
        },
      },
    },
    depot: {
      sdl: `${shared}
      type Query { cheapest: Product heaviest: [Product!] }
      type Product @key(fields: "id") {
        id: ID!
        weight: Float @external
        size: Size @external
        boxes: [Box!] @external
        shelves: [[Box]] @external
        shipping(zone: Int = 1): Int @requires(fields: "weight")
        volume: Int @requires(fields: "boxes { height }")
        room: Int @requires(fields: "shelves { width }")
        cost: Int @external
        delivery: String @requires(fields: "cost size")
        label: String @override(from: "catalogue")
      }
      type Box @external { height: Int! width: Int! }`,
      resolvers: {
        Query: {
          cheapest: () => ({ id: '3' }),
          heaviest: () => [{ id: '1' }, { id: '2' }, { id: '1' }],
        },
        Product: {
          __resolveReference: products.resolveReference,
          shipping: ({ given }: { given: Row }, { zone }: { zone?: number | null }) =>
            shipping(given['weight'], zone),
          volume: ({ given }: { given: Boxed }) => volume(given),
          room: ({ given }: { given: Boxed }) => room(given),
          delivery: ({ given }: { given: Row }) => delivery(given['cost'], given['size']),
          label: ({ id }: { id: string }) => `label ${id}`,
        },
      },
    },
    opinions: {
      sdl: `
      type Query { reviews: [Review!]! users: [User] }
      type Mutation { like(id: ID!): Liked }
      type Liked { likes: [ID!]! user: User }
      type Review @key(fields: "id") {
        id: ID!
        stars: Int!
        text: String
        author: User @provides(fields: "name")
        product: Product
      }
      type Product @key(fields: "sku { code }") {
        sku: Sku!
        reviews: [Review!]
        volume: Int @external
        cost: Int @requires(fields: "volume")
      }
      type Sku { code: ID! }
      type User @key(fields: "id") { id: ID! name: String @external reviews: [Review!]! }`,
      createContext: () => ({ likes: [] }),
      resolvers: {
        Query: { reviews: () => reviews.rows, users: () => users.rows },
        Mutation: { like },
        Review: {
          ...reviewFields,
          product: ({ product }: { product: string }) => {
            const row = products.byId(product);
            return row && { ...row, sku: { code: row.code } };
          },
        },
        Product: {
          __resolveReference: (reference: Row) => {
            const { code } = reference['sku'] as { code: string };
            const row = products.rows.find((product) => product.code === code);
            return row ? { ...row, sku: { code }, given: reference } : null;
          },
          reviews: productReviews,
          cost: ({ given }: { given: Row }) => Number(given['volume']) * 2,
        },
        User: {
          __resolveReference: users.resolveReference,
          reviews: ({ id }: { id: string }) => reviews.rows.filter(({ author }) => author === id),
        },
      },
    },
    people: {
      sdl: `
      type Query { user(id: ID = 2): User }
      type User @key(fields: "id") { id: ID! name: String @shareable karma: Int! }`,
      resolvers: {
        Query: { user: (_: unknown, { id }: { id?: unknown }) => users.byId(id) },
        User: { __resolveReference: users.resolveReference },
      },
    },
  },
  monolith: {
    sdl: `${shared} ${filterSdl}
    type Query {
      products(first: Int = 2): [Product]
      product(id: ID!): Product
      filtered(filter: Filter = { sizes: [SMALL] }): [Product!]
      matrix: [[Product]]
      echo(money: Money): Money
      cheapest: Product
      heaviest: [Product!]
      reviews: [Review!]!
      users: [User]
      user(id: ID = 2): User
    }
    type Mutation { add(by: Int! = 1): Added like(id: ID!): Liked }
    type Added { count: Int! product: Product }
    type Liked { likes: [ID!]! user: User }
    type Product {
      id: ID!
      sku: Sku!
      name(upper: Boolean = false): String
      price: Money
      weight: Float
      size: Size
      boxes: [Box!]
      shelves: [[Box]]
      related(first: Int): [Product]
      tags: [String!]!
      label: String
      shipping(zone: Int = 1): Int
      volume: Int
      room: Int
      cost: Int
      delivery: String
      reviews: [Review!]
    }
    type Sku { code: ID! check: Int }
    type Box { height: Int! width: Int! }
    type Review { id: ID! stars: Int! text: String author: User product: Product }
    type User { id: ID! name: String karma: Int! reviews: [Review!]! }`,
    createContext: () => ({ count: 0, likes: [] }),
    resolvers: {
      Query: {
        ...queries,
        cheapest: () => products.byId('3'),
        heaviest: () => products.byIds(['1', '2', '1']),
        reviews: () => reviews.rows,
        users: () => users.rows,
        user: (_: unknown, { id }: { id?: unknown }) => users.byId(id),
      },
      Mutation: { add, like },
      Product: {
        ...productFields,
        label: ({ id }: { id: string }) => `label ${id}`,
        shipping: ({ weight }: Row, { zone }: { zone?: number | null }) => shipping(weight, zone),
        volume,
        room,
        cost: costOf,
        delivery: (row: Row) => delivery(costOf(row), row['size']),
        reviews: productReviews,
      },
      Review: reviewFields,
      User: {
        reviews: ({ id }: { id: string }) => reviews.rows.filter(({ author }) => author === id),
      },
    },
  },
};
