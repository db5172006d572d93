import { EventEmitter, once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { createFormatError } from '../../gateway/http/formatError.ts';
import {
  closedUrl,
  createSubgraph,
  matching,
  serve,
  serveRaw,
  startTestGateway,
  type Answer,
} from './kit.ts';
import { createBooks, createReviews } from './library.ts';
import { answering, subgraphFaults } from './subgraphFaults.ts';

/** A gateway over working books and reviews at `reviewsUrl`. */
async function startWithReviewsAt(reviewsUrl: string, env: Record<string, string> = {}) {
  const books = createBooks();
  return startTestGateway({
    subgraphs: [
      { ...books, url: await serve(books) },
      { ...createReviews(), url: reviewsUrl },
    ],
    env,
  });
}

/** What clients may never see of where a subgraph is. */
function expectNoAddress(answer: Answer) {
  expect(JSON.stringify(answer)).not.toMatch(/127\.0\.0\.1|localhost|https?:|ECONN|\.[jt]s:\d+/);
}

const query = '{ books(first: 2) { title rating } bestReview { text } }';
const booksAlone = {
  books: [
    { title: 'Số đỏ', rating: null },
    { title: 'Dế Mèn phiêu lưu ký', rating: null },
  ],
  bestReview: null,
};
const everyMissingField = [['bestReview'], ['books', 0, 'rating'], ['books', 1, 'rating']];

test.each(subgraphFaults)('%s blanks only its own fields: %s', async (_title, code, listener) => {
  const reviewsUrl = listener ? await serveRaw(listener) : await closedUrl();
  const { execute } = await startWithReviewsAt(reviewsUrl, {
    SUBGRAPH_TIMEOUT_MS: '2000',
    SUBGRAPH_RESPONSE_LIMIT_MB: '1',
  });
  const answer = await execute(query);

  expect(answer.status).toBe(200);
  expect(answer.data).toEqual(booksAlone);
  expect(answer.errors?.map(({ path }) => path).sort()).toEqual(everyMissingField);
  for (const { message, extensions } of answer.errors ?? []) {
    const retryable = code !== 'SUBGRAPH_INVALID_RESPONSE';
    expect(extensions).toEqual({ code, subgraph: 'reviews', retryable });
    expect(message).toMatch(/^The subgraph "reviews" .+(Try again|try again|Tell the operator)/);
  }
  expectNoAddress(answer);
});

test('a subgraph that comes up after the gateway is used at once', async () => {
  const url = await closedUrl();
  const { execute } = await startWithReviewsAt(url);
  expect((await execute(query)).data).toEqual(booksAlone);

  await serve(createReviews(), Number(new URL(url).port));
  expect(await execute(query)).toMatchObject({
    data: { books: [{ rating: 1 }, { rating: 2 }], bestReview: { text: 'Tuyệt!' } },
  });
});

test('a subgraph in process that hangs is given up after the time limit', async () => {
  const stuck = createSubgraph('stuck', 'type Query { never: Int }', {
    Query: { never: () => new Promise(() => {}) },
  });
  const books = createBooks();
  const { execute } = await startTestGateway({
    subgraphs: [stuck, books],
    inProcess: [stuck, books],
    env: { SUBGRAPH_TIMEOUT_MS: '100' },
  });
  expect(await execute('{ never book(id: "1") { title } }')).toMatchObject({
    data: { never: null, book: { title: 'Số đỏ' } },
    errors: [{ path: ['never'], extensions: { code: 'SUBGRAPH_TIMEOUT', subgraph: 'stuck' } }],
  });
});

test('an error on purpose keeps message, code and details; another one becomes an id', async () => {
  const { execute } = await startWithReviewsAt(await closedUrl());
  const answer = await execute('{ coded uncoded }');
  expect(answer.errors).toEqual([
    {
      message: '"first" must be from 1 to 100',
      path: ['coded'],
      extensions: { code: 'BAD_USER_INPUT', subgraph: 'books', argument: 'first' },
    },
    {
      message: matching(/^Something went wrong on our side\. Ask .+ about [0-9a-f-]{36}\.$/),
      path: ['uncoded'],
      extensions: {
        code: 'INTERNAL_SERVER_ERROR',
        subgraph: 'books',
        id: matching(/^[0-9a-f-]{36}$/),
      },
    },
  ]);
  expectNoAddress(answer);
});

test('an unexpected error is logged whole under its id, and known causes are not logged again', () => {
  const logged: unknown[] = [];
  const log = { error: (...line: unknown[]) => void logged.push(line) };
  const format = createFormatError({ introspection: true, log });
  const cause = new Error('connect ECONNREFUSED 10.1.2.3:27017');
  const error = new GraphQLError(cause.message, { originalError: cause, path: ['books'] });
  const formatted = { message: error.message, path: error.path };
  const extensions = { serviceName: 'books', stacktrace: ['at f (x.js:1)'] };

  const code = 'INTERNAL_SERVER_ERROR';
  const answer = format({ ...formatted, extensions: { ...extensions, code } }, error);
  const id = answer.extensions?.['id'];
  expect(answer.extensions).toEqual({ code, subgraph: 'books', id });
  expect(logged).toEqual([
    [
      { id, err: cause, subgraph: 'books', path: ['books'], message: cause.message },
      'unexpected error',
    ],
  ]);
  expect(format({ ...formatted, extensions: { code } }, error).extensions?.['id']).toBe(id);
  format({ message: 'on purpose', extensions: { code: 'FORBIDDEN' } }, new GraphQLError('x'));
  expect(logged).toHaveLength(1);
});

test('one cause has one id, however many fields it took away', async () => {
  const broken = createSubgraph('broken', 'type Query { items: [Item!] } type Item { a: Int }', {
    Query: { items: () => [{}, {}, {}] },
    Item: {
      a: (() => {
        const cause = new Error('the database is gone');
        return () => {
          throw cause;
        };
      })(),
    },
  });
  const { execute } = await startTestGateway({ subgraphs: [broken], inProcess: [broken] });
  const { errors = [] } = await execute('{ items { a } }');
  expect(errors.map(({ path }) => path)).toEqual([0, 1, 2].map((index) => ['items', index, 'a']));
  expect(new Set(errors.map(({ extensions }) => extensions['id'])).size).toBe(1);
});

test('a subgraph that does not know a field of the supergraph is a fault of ours, not of the client', async () => {
  const outdated = createSubgraph('reviews', 'type Query { old: Int }', {});
  const { execute } = await startWithReviewsAt(await serve(outdated));
  const { data, errors } = await execute('{ bestReview { text } book(id: "1") { title } }');
  expect(data).toEqual({ bestReview: null, book: { title: 'Số đỏ' } });
  expect(errors).toMatchObject([
    { path: ['bestReview'], extensions: { code: 'INTERNAL_SERVER_ERROR', subgraph: 'reviews' } },
  ]);
});

test('a null where none may be is an error with its path', async () => {
  const broken = createSubgraph(
    'reviews',
    'type Query { bestReview: Review } type Review { text: String! }',
    {},
  );
  const url = await serveRaw(answering('{"data":{"bestReview":{"text":null}}}'));
  const { execute } = await startTestGateway({ subgraphs: [{ ...broken, url }] });
  expect(await execute('{ bestReview { text } }')).toEqual({
    status: 200,
    data: { bestReview: null },
    errors: [
      {
        message: 'Cannot return null for non-nullable field Review.text.',
        path: ['bestReview', 'text'],
        extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' },
      },
    ],
  });
});

test('an answer lists 500 errors at most, and says how many more there are', async () => {
  const broken = createSubgraph('broken', 'type Query { items: [Item!] } type Item { a: Int }', {
    Query: { items: () => Array.from({ length: 700 }, () => ({})) },
    Item: {
      a: () => {
        throw new Error('no');
      },
    },
  });
  const { execute } = await startTestGateway({ subgraphs: [broken], inProcess: [broken] });
  const { errors = [] } = await execute('{ items { a } }');
  expect(errors).toHaveLength(501);
  expect(errors.at(-1)?.message).toBe(
    '200 more errors are left out. Ask for less at once to see all.',
  );
});

test('when a client goes away, its query ends in the subgraph and its mutation goes on', async () => {
  const fetches = new Map<string, ServerResponse>();
  const arrivals = new EventEmitter();
  const url = await serveRaw((request, response) => {
    void text(request).then((body) => {
      fetches.set(body.includes('mutation') ? 'mutation' : 'query', response);
      if (fetches.size === 2) arrivals.emit('both');
    });
  });
  const gateway = await startWithReviewsAt(url);

  const both = once(arrivals, 'both');
  const client = new AbortController();
  const leaving = ['{ bestReview { text } }', 'mutation { reviewAdd(text: "x") { text } }'].map(
    (query) =>
      fetch(gateway.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
        signal: client.signal,
      }),
  );
  await both;
  const queryEnded = once(present(fetches.get('query')), 'close');
  client.abort();
  for (const result of await Promise.allSettled(leaving)) expect(result.status).toBe('rejected');
  await queryEnded;

  const mutation = present(fetches.get('mutation'));
  mutation.end('{"data":{"reviewAdd":{"text":"x"}}}');
  await once(mutation, 'close');
  expect(mutation.writableFinished).toBe(true);
});

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('missing');
  return value;
}

test('an address that has no name, or speaks no TLS, is an unavailable subgraph', async () => {
  const plain = (await serveRaw(answering('{}'))).replace('http:', 'https:');
  for (const reviewsUrl of ['http://subgraph.invalid/graphql', plain]) {
    const { execute } = await startWithReviewsAt(reviewsUrl);
    const answer = await execute(query);
    expect(answer.data).toEqual(booksAlone);
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    expectNoAddress(answer);
  }
});

test.each([
  ['a number', '7'],
  ['a list', '["x"]'],
  ['an object', '{"a":1}'],
  ['missing', undefined],
])('a text that is %s is an error with its path', async (_title, value) => {
  const text = value === undefined ? '' : `,"text":${value}`;
  const url = await serveRaw(
    answering(`{"data":{"bestReview":{"__proto__":{"text":"x"}${text}}}}`),
  );
  const { execute } = await startWithReviewsAt(url);
  const { data, errors } = await execute('{ bestReview { text } book(id: "1") { title } }');
  expect(data).toEqual({ bestReview: null, book: { title: 'Số đỏ' } });
  expect(errors).toMatchObject([
    { path: ['bestReview', 'text'], extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' } },
  ]);
});

test('a mark of the order of bytes before the answer does no harm', async () => {
  const url = await serveRaw(answering('\uFEFF{"data":{"bestReview":{"text":"x"}}}'));
  const { execute } = await startWithReviewsAt(url);
  expect(await execute('{ bestReview { text } }')).toEqual({
    status: 200,
    data: { bestReview: { text: 'x' } },
  });
});

test('errors of a subgraph keep message and code, and lose what leads to its servers', async () => {
  const error = {
    message: 'x'.repeat(100_000),
    path: ['bestReview'],
    extensions: {
      code: 'BUSY',
      url: 'http://10.0.0.1',
      stacktrace: ['at f (x.js:1:1)'],
      serviceName: 'reviews',
      hint: 'see mongodb://10.0.0.1/reviews',
      wait: 3,
    },
  };
  const page = { message: '<html><body>http://10.0.0.1</body></html>', path: ['bestReview'] };
  const body = { data: { bestReview: null }, errors: [error, page] };
  const { execute } = await startWithReviewsAt(await serveRaw(answering(JSON.stringify(body))));
  const answer = await execute('{ bestReview { text } }');
  expect(answer.errors?.[0]?.extensions).toEqual({ code: 'BUSY', subgraph: 'reviews', wait: 3 });
  expect(answer.errors?.[0]?.message).toHaveLength(2_001);
  expectNoAddress(answer);
});
