import { createTable, type GraphParts, type Row } from './Graph.ts';

/* A subgraph knows products by two keys, and can be asked by one of them only. */

const products = createTable<Row>([
  { id: '1', upc: 'u1', price: 10 },
  { id: '2', upc: 'u2', price: 20 },
]);
const byUpc = ({ upc }: Row) => products.rows.find((row) => row['upc'] === upc) ?? null;
const taxOf = (price: unknown) => Number(price) / 10;

export const unusableKey: GraphParts = {
  name: 'unusable key',
  subgraphs: {
    prices: {
      sdl: `type Product @key(fields: "upc") { upc: ID! price: Int }
      type Query { nothing: Int }`,
      resolvers: { Product: { __resolveReference: byUpc } },
    },
    taxes: {
      sdl: `
      type Query { some: [Product] }
      type Product @key(fields: "upc", resolvable: false) @key(fields: "id") {
        id: ID!
        upc: ID!
        price: Int @external
        tax: Float @requires(fields: "price")
      }`,
      resolvers: {
        Query: { some: () => products.rows },
        Product: {
          // By its "upc" it finds none: that it never said it would.
          __resolveReference: products.resolveReference,
          tax: ({ given }: { given: Row }) => taxOf(given['price']),
        },
      },
    },
    numbers: {
      sdl: `type Product @key(fields: "id") @key(fields: "upc") { id: ID! upc: ID! }`,
      resolvers: {
        Product: {
          __resolveReference: (reference: Row) =>
            reference['id'] ? products.byId(reference['id']) : byUpc(reference),
        },
      },
    },
  },
  monolith: {
    sdl: `type Query { some: [Product] nothing: Int }
    type Product { id: ID! upc: ID! price: Int tax: Float }`,
    resolvers: {
      Query: { some: () => products.rows },
      Product: { tax: ({ price }: Row) => taxOf(price) },
    },
  },
};
