import DataLoader from 'dataloader';
import { GraphQLError } from 'graphql';
import { createSubgraph, type TestSubgraph } from './kit.ts';

const titles = new Map([
  ['1', 'Số đỏ'],
  ['2', 'Dế Mèn phiêu lưu ký'],
  ['3', 'Truyện Kiều'],
]);

/** Books: where the library's graph begins. */
export function createBooks(): TestSubgraph {
  return createSubgraph(
    'books',
    `
    type Query {
      books(first: Int = 3): [Book!]
      book(id: ID!): Book
      sharedBy(genre: Genre!): [Book!]
      coded: String
      uncoded: String
    }
    enum Genre { NOVEL POEM }
    scalar Day
    type Book @key(fields: "id") { id: ID! title: String! publishedOn(day: Day): String }
    `,
    {
      Query: {
        books: (_: unknown, { first }: { first: number }) =>
          [...titles.keys()].slice(0, first).map((id) => ({ id })),
        book: (_: unknown, { id }: { id: string }) => (titles.has(id) ? { id } : null),
        sharedBy: () => [],
        coded: () => {
          throw new GraphQLError('"first" must be from 1 to 100', {
            extensions: { code: 'BAD_USER_INPUT', argument: 'first' },
          });
        },
        uncoded: () => {
          throw new Error('connect ECONNREFUSED mongodb://10.1.2.3:27017');
        },
      },
      Book: {
        __resolveReference: ({ id }: { id: string }) => (titles.has(id) ? { id } : null),
        title: ({ id }: { id: string }) => titles.get(id),
      },
    },
  );
}

interface ReviewsContext {
  ratings: DataLoader<string, number>;
}

/** Reviews: what another subgraph adds to books. `batches` counts what its loaders asked for. */
export function createReviews(batches: string[][] = [], contexts: unknown[] = []): TestSubgraph {
  return createSubgraph<ReviewsContext>(
    'reviews',
    `
    type Query { reviews: [Review!] bestReview: Review }
    type Mutation { reviewAdd(text: String!): Review }
    type Review { text: String! book: Book! }
    type Book @key(fields: "id") { id: ID! rating: Int reviews: [Review!] }
    `,
    {
      Query: {
        reviews: () => [
          { text: 'Hay!', id: '1' },
          { text: 'Rất hay!', id: '2' },
        ],
        bestReview: () => ({ text: 'Tuyệt!', id: '3' }),
      },
      Mutation: { reviewAdd: (_: unknown, { text }: { text: string }) => ({ text, id: '1' }) },
      Review: { book: ({ id }: { id: string }) => ({ id }) },
      Book: {
        rating: ({ id }: { id: string }, _: unknown, { ratings }) => ratings.load(id),
        reviews: ({ id }: { id: string }) => [{ text: `về ${id}`, id }],
      },
    },
    () => {
      const context = {
        ratings: new DataLoader<string, number>(async (ids) => {
          batches.push([...ids]);
          return ids.map(Number);
        }),
      };
      contexts.push(context);
      return context;
    },
  );
}
