import { createTable, type GraphParts, type Row } from './Graph.ts';

/*
 * Fields are required with arguments: with others than a client gives, with others than another field
 * requires, of a list of other entities, and by fields of one type in two subgraphs.
 */

interface Amount {
  currency?: string | null;
  round?: boolean | null;
}

const rates: Record<string, number> = { USD: 1, EUR: 2, VND: 25_000 };

const posts = createTable<Row>([
  { id: '1', dollars: 1.5, comments: ['a', 'b', 'c', 'd'], author: 'x' },
  { id: '2', dollars: 2.25, comments: [], author: 'x' },
  { id: '3', dollars: null, comments: ['e'], author: 'y' },
]);
const authors = createTable<Row>([
  { id: 'x', name: 'An' },
  { id: 'y', name: null },
]);

const priceOf = ({ dollars }: Row, { currency, round }: Amount) => {
  const rate = rates[currency ?? 'USD'];
  if (typeof dollars !== 'number' || rate === undefined) return null;
  return round ? Math.round(dollars * rate) : dollars * rate;
};
const commentsOf = ({ comments }: Row, { limit }: { limit?: number | null }) =>
  (comments as string[]).slice(0, limit ?? undefined).map((text) => ({ text }));
const authorOf = ({ author }: Row) => authors.byId(author);
const postsOf = ({ id }: Row, { first }: { first?: number | null }) =>
  posts.rows.filter(({ author }) => author === id).slice(0, first ?? undefined);

const textsOf = (comments: unknown) =>
  (comments as { text: string }[]).map(({ text }) => text).join('+');
const labelOf = (price: unknown, sign: string) => `${String(price)}${sign}`;
const idsOf = (rows: unknown) => (rows as Row[]).map(({ id }) => String(id)).join(',');

const commentSdl = 'type Comment { text: String! }';

export const requiredArguments: GraphParts = {
  name: 'required arguments',
  subgraphs: {
    posts: {
      sdl: `
      enum Currency { USD EUR VND }
      type Query { posts: [Post] post(id: ID = "1"): Post authors: [Author] }
      type Post @key(fields: "id") {
        id: ID!
        price(currency: Currency = USD, round: Boolean): Float
        comments(limit: Int): [Comment!]
        author: Author
      }
      type Comment { text: String! @shareable }
      type Author @key(fields: "id") { id: ID! name: String posts(first: Int): [Post] }`,
      resolvers: {
        Query: {
          posts: () => posts.rows,
          post: (_: unknown, { id }: { id?: unknown }) => posts.byId(id),
          authors: () => authors.rows,
        },
        Post: {
          __resolveReference: posts.resolveReference,
          price: priceOf,
          comments: commentsOf,
          author: authorOf,
        },
        Author: { __resolveReference: authors.resolveReference, posts: postsOf },
      },
    },
    labels: {
      sdl: `
      enum Currency { USD EUR VND }
      type Post @key(fields: "id") {
        id: ID!
        price(currency: Currency = USD, round: Boolean): Float @external
        comments(limit: Int): [Comment!] @external
        author: Author @external
        dollars: String @requires(fields: "price(currency: USD)")
        euros: String @requires(fields: "price(currency: EUR)")
        dong(sign: String = "₫"): String @requires(fields: "price(currency: VND, round: true)")
        teaser: String @requires(fields: "comments(limit: 3) { text }")
        start: String @requires(fields: "comments(limit: 1) { text } price(currency: EUR)")
        more: String @requires(fields: "author { posts(first: 2) { id } }")
        plain: String
      }
      ${commentSdl.replace('}', '@external }')}
      type Author @key(fields: "id") { id: ID! posts(first: Int): [Post] @external
        latest: String @requires(fields: "posts(first: 1) { id }") }`,
      resolvers: {
        Post: {
          __resolveReference: posts.resolveReference,
          dollars: ({ given }: { given: Row }) => labelOf(given['price'], '$'),
          euros: ({ given }: { given: Row }) => labelOf(given['price'], '€'),
          dong: ({ given }: { given: Row }, { sign }: { sign?: string | null }) =>
            labelOf(given['price'], String(sign)),
          teaser: ({ given }: { given: Row }) => textsOf(given['comments']),
          start: ({ given }: { given: Row }) =>
            textsOf(given['comments']) + labelOf(given['price'], '€'),
          more: ({ given }: { given: { author: Row } }) => idsOf(given.author['posts']),
          plain: ({ id }: Row) => `plain ${String(id)}`,
        },
        Author: {
          __resolveReference: authors.resolveReference,
          latest: ({ given }: { given: Row }) => idsOf(given['posts']),
        },
      },
    },
  },
  monolith: {
    sdl: `
    enum Currency { USD EUR VND }
    type Query { posts: [Post] post(id: ID = "1"): Post authors: [Author] }
    type Post {
      id: ID!
      price(currency: Currency = USD, round: Boolean): Float
      comments(limit: Int): [Comment!]
      author: Author
      dollars: String
      euros: String
      dong(sign: String = "₫"): String
      teaser: String
      start: String
      more: String
      plain: String
    }
    ${commentSdl}
    type Author { id: ID! name: String posts(first: Int): [Post] latest: String }`,
    resolvers: {
      Query: {
        posts: () => posts.rows,
        post: (_: unknown, { id }: { id?: unknown }) => posts.byId(id),
        authors: () => authors.rows,
      },
      Post: {
        price: priceOf,
        comments: commentsOf,
        author: authorOf,
        dollars: (row: Row) => labelOf(priceOf(row, { currency: 'USD' }), '$'),
        euros: (row: Row) => labelOf(priceOf(row, { currency: 'EUR' }), '€'),
        dong: (row: Row, { sign }: { sign?: string | null }) =>
          labelOf(priceOf(row, { currency: 'VND', round: true }), String(sign)),
        teaser: (row: Row) => textsOf(commentsOf(row, { limit: 3 })),
        start: (row: Row) =>
          textsOf(commentsOf(row, { limit: 1 })) + labelOf(priceOf(row, { currency: 'EUR' }), '€'),
        more: (row: Row) => idsOf(postsOf(authorOf(row) ?? {}, { first: 2 })),
        plain: ({ id }: Row) => `plain ${String(id)}`,
      },
      Author: {
        posts: postsOf,
        latest: (row: Row) => idsOf(postsOf(row, { first: 1 })),
      },
    },
  },
};
