import { expect, test } from 'vitest';
import { readGatewayConfig } from '../../gateway/config.ts';
import { matching, serve, startTestGateway, type Answer } from './kit.ts';
import { createBooks, createReviews } from './library.ts';

/** One gateway over HTTP and one over the same subgraphs in its own process. */
async function startBoth() {
  const [books, reviews] = [createBooks(), createReviews()];
  const [booksUrl, reviewsUrl] = await Promise.all([serve(books), serve(reviews)]);
  const distributed = await startTestGateway({
    subgraphs: [
      { ...books, url: booksUrl },
      { ...reviews, url: reviewsUrl },
    ],
  });
  const subgraphs = [books, reviews];
  const embedded = await startTestGateway({ subgraphs, inProcess: subgraphs });
  return { distributed, embedded };
}

/** Ids of unexpected errors are never the same twice. */
function withoutIds(answer: Answer): unknown {
  return JSON.parse(JSON.stringify(answer).replaceAll(/[0-9a-f-]{36}/g, 'ID'));
}

test('both transports give equal answers', async () => {
  const { distributed, embedded } = await startBoth();
  const operations: [string, Record<string, unknown>?][] = [
    ['{ books { id title rating reviews { text book { title } } } }'],
    [
      'query Named($id: ID!, $first: Int) { book(id: $id) { title } books(first: $first) { rating } }',
      { id: '2', first: 1 },
    ],
    ['query ($id: ID!) { book(id: $id) { title rating } }', { id: 'unknown' }],
    [
      '{ a: books(first: 1) { t: title r: rating } b: book(id: "3") { ...B } } fragment B on Book { title reviews { text } }',
    ],
    [
      'query ($with: Boolean!) { books { title @include(if: $with) rating @skip(if: $with) } }',
      { with: false },
    ],
    [
      '{ __schema { queryType { name } } __type(name: "Book") { fields { name } } books(first: 1) { __typename } }',
    ],
    ['mutation { reviewAdd(text: "Được") { text book { title } } }'],
    ['{ coded books { title } }'],
    ['{ uncoded books { title } }'],
    ['query ($day: Day) { books { title publishedOn(day: $day) } }', { day: { not: 'a day' } }],
    ['{ nothing }'],
    ['query ($genre: Genre!) { sharedBy(genre: $genre) { id } }', { genre: 'OPERA' }],
  ];
  for (const [query, variables] of operations) {
    const [over, inside] = await Promise.all([
      distributed.execute(query, variables),
      embedded.execute(query, variables),
    ]);
    expect(withoutIds(inside), query).toEqual(withoutIds(over));
  }
  expect(await embedded.execute('{ books { title rating } }')).toEqual({
    status: 200,
    data: {
      books: [
        { title: 'Số đỏ', rating: 1 },
        { title: 'Dế Mèn phiêu lưu ký', rating: 2 },
        { title: 'Truyện Kiều', rating: 3 },
      ],
    },
  });
});

test('all fetches of one client request share one subgraph context, and no other request does', async () => {
  const batches: string[][] = [];
  const contexts: unknown[] = [];
  const subgraphs = [createBooks(), createReviews(batches, contexts)];
  const { execute } = await startTestGateway({ subgraphs, inProcess: subgraphs });

  const query =
    '{ books { rating } bestReview { book { title rating } } reviews { book { rating } } }';
  const { data, errors } = await execute(query);
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({ bestReview: { book: { rating: 3 } } });
  expect(contexts).toHaveLength(1);
  expect(batches.flat().sort()).toEqual(['1', '2', '3']);

  await execute('{ books { rating } }');
  expect(contexts).toHaveLength(2);
});

test('a request that needs nothing of a subgraph makes it no context', async () => {
  const contexts: unknown[] = [];
  const subgraphs = [createBooks(), createReviews([], contexts)];
  const { execute } = await startTestGateway({ subgraphs, inProcess: subgraphs });
  await execute('{ books { title } }');
  expect(contexts).toEqual([]);
});

test('some subgraphs can run in process and others over HTTP', async () => {
  const [books, reviews] = [createBooks(), createReviews()];
  const { execute } = await startTestGateway({
    subgraphs: [books, { ...reviews, url: await serve(reviews) }],
    inProcess: [books],
  });
  expect((await execute('{ book(id: "1") { title rating } }')).data).toEqual({
    book: { title: 'Số đỏ', rating: 1 },
  });
});

test('a subgraph in process that the supergraph does not have is refused', async () => {
  const starting = startTestGateway({ subgraphs: [createBooks()], inProcess: [createReviews()] });
  await expect(starting).rejects.toThrow(
    'the supergraph has no subgraph "reviews": compose it anew',
  );
});

test('a subgraph without an HTTP address must run in process', async () => {
  const starting = startTestGateway({ subgraphs: [{ ...createBooks(), url: '' }] });
  await expect(starting).rejects.toThrow(
    'the supergraph gives no HTTP address for the subgraph "books": compose it with one, or name it in SUBGRAPH_URLS',
  );
});

test('a subgraph is where SUBGRAPH_URLS says; others are where the supergraph says', async () => {
  const [books, reviews] = [createBooks(), createReviews()];
  const SUBGRAPH_URLS = `reviews=${await serve(reviews)}, somebody=http://127.0.0.1:1/graphql`;
  const { execute } = await startTestGateway({
    subgraphs: [{ ...books, url: await serve(books) }, reviews],
    env: { SUBGRAPH_URLS },
  });
  expect(await execute('{ book(id: "1") { title rating } }')).toEqual({
    status: 200,
    data: { book: { title: 'Số đỏ', rating: 1 } },
  });
  expect(() => readGatewayConfig({ SUBGRAPH_URLS: 'books=1, http://b/' })).toThrow(
    expect.objectContaining({
      hints: [
        matching(/"books=1" is not a subgraph and its address, such as campaigns=http/),
        matching(/"http:\/\/b\/" is not a subgraph and its address/),
      ],
    }),
  );
});
