import { EventEmitter, once } from 'node:events';
import type { RequestListener, ServerResponse } from 'node:http';
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

function answering(body: string, type = 'application/json', status = 200): RequestListener {
  return (_request, response) => response.writeHead(status, { 'content-type': type }).end(body);
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

const faults: [string, string, RequestListener | undefined][] = [
  ['a subgraph that is down', 'SUBGRAPH_UNAVAILABLE', undefined],
  ['a subgraph that hangs up', 'SUBGRAPH_UNAVAILABLE', (request) => void request.socket.destroy()],
  [
    'a subgraph that hangs up in the middle of its answer',
    'SUBGRAPH_UNAVAILABLE',
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"data":{"bestRe', () => response.destroy());
    },
  ],
  ['a subgraph that never answers', 'SUBGRAPH_TIMEOUT', () => {}],
  [
    'a subgraph that stops in the middle of its answer',
    'SUBGRAPH_TIMEOUT',
    (_request, response) => void response.writeHead(200).write('{"data":'),
  ],
  [
    'a subgraph that answers 500 with text',
    'SUBGRAPH_UNAVAILABLE',
    answering('Error: connect ECONNREFUSED 127.0.0.1:27017\n    at f (x.js:1)', 'text/plain', 500),
  ],
  [
    'a subgraph that answers 503 with JSON of its own',
    'SUBGRAPH_UNAVAILABLE',
    answering('{"errors":[{"message":"down at http://10.0.0.1"}]}', 'application/json', 503),
  ],
  [
    'a subgraph that answers with a redirection',
    'SUBGRAPH_UNAVAILABLE',
    (_request, response) => response.writeHead(308, { location: 'http://127.0.0.1:1/' }).end(),
  ],
  [
    'a subgraph that answers HTML',
    'SUBGRAPH_INVALID_RESPONSE',
    answering('<html>http://10.0.0.1</html>', 'text/html'),
  ],
  ['a subgraph that answers nothing', 'SUBGRAPH_INVALID_RESPONSE', answering('')],
  ['a subgraph that answers cut JSON', 'SUBGRAPH_INVALID_RESPONSE', answering('{"data":{"be')],
  ['a subgraph that answers null', 'SUBGRAPH_INVALID_RESPONSE', answering('null')],
  ['a subgraph that answers a list', 'SUBGRAPH_INVALID_RESPONSE', answering('[{"data":{}}]')],
  ['a subgraph that answers no data', 'SUBGRAPH_INVALID_RESPONSE', answering('{"data":null}')],
  ['data that are text', 'SUBGRAPH_INVALID_RESPONSE', answering('{"data":"x"}')],
  ['data that are a list', 'SUBGRAPH_INVALID_RESPONSE', answering('{"data":[]}')],
  ['errors that are text', 'SUBGRAPH_INVALID_RESPONSE', answering('{"data":{},"errors":"x"}')],
  ['errors without message', 'SUBGRAPH_INVALID_RESPONSE', answering('{"errors":[{"path":[]}]}')],
  [
    'objects where lists belong and lists where objects belong',
    'SUBGRAPH_INVALID_RESPONSE',
    answering('{"data":{"bestReview":[{"text":"x"}],"_entities":{"0":{"rating":1}}}}'),
  ],
  [
    'values where objects belong, and fewer entities than were asked for',
    'SUBGRAPH_INVALID_RESPONSE',
    answering('{"data":{"bestReview":"x","_entities":[{"rating":1}]}}'),
  ],
];

test.each(faults)('%s blanks only its own fields: %s', async (_title, code, listener) => {
  const reviewsUrl = listener ? await serveRaw(listener) : await closedUrl();
  const { execute } = await startWithReviewsAt(reviewsUrl, { SUBGRAPH_TIMEOUT_MS: '2000' });
  const answer = await execute(query);

  expect(answer.status).toBe(200);
  expect(answer.data).toEqual(booksAlone);
  expect(answer.errors?.map(({ path }) => path).sort()).toEqual(everyMissingField);
  for (const { message, extensions } of answer.errors ?? []) {
    expect(extensions).toEqual({ code, subgraph: 'reviews' });
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
