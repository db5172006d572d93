import { expect, test } from 'vitest';
import { matching, post, startTestGateway } from './kit.ts';
import { createBooks, createReviews } from './library.ts';

async function start(env: Record<string, string> = {}) {
  const subgraphs = [createBooks(), createReviews()];
  return startTestGateway({ subgraphs, inProcess: subgraphs, env });
}

const json = { 'content-type': 'application/json' };

/** Status, media type and body of an answer, to compare at once. */
async function read(response: Response): Promise<{ status: number; type?: string; body: unknown }> {
  const type = response.headers.get('content-type')?.split(';')[0];
  return { status: response.status, type, body: await response.json() };
}

function fault(status: number, code: string, message: unknown = expect.any(String)) {
  const body = { errors: [{ message, extensions: { code } }] };
  return { status, type: 'application/json', body };
}

test('what is wrong as HTTP or JSON is answered as JSON that says what to do', async () => {
  const { url, root } = await start({ BODY_LIMIT_KB: '1' });
  const send = async (target: string, init: RequestInit) => read(await fetch(target, init));

  for (const body of [
    '{"query": "{ __typename',
    '',
    'null{',
    '{"__proto__": {"query": "{ a }"}}',
  ]) {
    expect(await send(url, { method: 'POST', headers: json, body }), body).toEqual(
      fault(400, 'BAD_REQUEST', expect.stringMatching(/^The body is not valid JSON\. Send /)),
    );
  }
  for (const body of ['"text"', '{}', '{"query": 1}', '{"query":"{ a }","variables":"x"}', '[]']) {
    expect(await send(url, { method: 'POST', headers: json, body }), body).toEqual(
      fault(400, 'BAD_REQUEST'),
    );
  }
  expect(await send(url, { method: 'POST', headers: json, body: 'x'.repeat(2_000) })).toEqual(
    fault(
      413,
      'BODY_TOO_LARGE',
      'The body is larger than the 1 kB that are read here: ask for less at once.',
    ),
  );
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/graphql']) {
    const headers = { 'content-type': type };
    expect(await send(url, { method: 'POST', headers, body: '{ a }' }), type).toEqual(
      fault(415, 'UNSUPPORTED_MEDIA_TYPE', expect.stringContaining('application/json')),
    );
  }
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    const response = await fetch(url, { method });
    expect(response.headers.get('allow')).toBe('GET, POST');
    expect(await read(response), method).toEqual(fault(405, 'METHOD_NOT_ALLOWED'));
  }
  for (const path of ['/nowhere', '/graphql/x', '/%E0%A4%A']) {
    const answer = await send(root + path, {});
    expect([404, 400], path).toContain(answer.status);
    expect(answer).toMatchObject({ type: 'application/json', body: { errors: [{}] } });
  }
  expect(await send(`${root}/nowhere`, { method: 'POST' })).toEqual(
    fault(404, 'NOT_FOUND', 'There is nothing here. The GraphQL endpoint is /graphql.'),
  );
});

test('what GraphQL refuses has a code, and status 200 or 400 as the client accepts JSON or GraphQL', async () => {
  const { url } = await start();
  const requests: [string, object][] = [
    ['GRAPHQL_PARSE_FAILED', { query: '{ books { ' }],
    ['GRAPHQL_VALIDATION_FAILED', { query: '{ boks { id } }' }],
    ['GRAPHQL_VALIDATION_FAILED', { query: '{ book { id } }' }],
    ['GRAPHQL_VALIDATION_FAILED', { query: '{ sharedBy(genre: OPERA) { id } }' }],
    ['OPERATION_RESOLUTION_FAILURE', { query: 'query A { __typename } query B { __typename }' }],
    ['OPERATION_RESOLUTION_FAILURE', { query: 'query A { __typename }', operationName: 'C' }],
    ['BAD_USER_INPUT', { query: 'query ($id: ID!) { book(id: $id) { id } }' }],
    [
      'BAD_USER_INPUT',
      { query: 'query ($g: Genre!) { sharedBy(genre: $g) { id } }', variables: { g: 'OPERA' } },
    ],
  ];
  const graphql = 'application/graphql-response+json';
  for (const [code, body] of requests) {
    for (const [accept, status] of [
      ['*/*', 200],
      ['application/json', 200],
      [`application/json, ${graphql};q=0.9`, 200],
      [`application/json, ${graphql}`, 200],
      [graphql, 400],
      [`${graphql}, application/json;q=0.9`, 400],
    ] as const) {
      const answer = await post(url, body, { accept });
      expect(answer, `${code} ${accept}`).toMatchObject({
        status,
        errors: [{ extensions: { code } }],
      });
      expect(answer).not.toHaveProperty('data');
    }
  }
  const unknown = await post(url, { query: 'query A { __typename } query B { __typename }' });
  expect(unknown.errors?.[0]?.message).toBe(
    'Say in "operationName" which operation of the document to run: A, B.',
  );
});

test('queries may come by GET, mutations may not', async () => {
  const { url } = await start();
  const get = async (query: string, headers: Record<string, string> = json) =>
    read(await fetch(`${url}?${new URLSearchParams({ query }).toString()}`, { headers }));

  expect(await get('{ book(id: "1") { title } }')).toMatchObject({
    status: 200,
    body: { data: { book: { title: 'Số đỏ' } } },
  });
  expect(await get('mutation { reviewAdd(text: "x") { text } }')).toMatchObject({
    status: 405,
    body: { errors: [{ extensions: { code: 'BAD_REQUEST' } }] },
  });
  // What a foreign page can make a browser send is refused.
  expect(await get('{ __typename }', {})).toEqual(
    fault(400, 'BAD_REQUEST', expect.stringContaining('Cross-Site Request Forgery')),
  );
});

test('several operations in one request are refused', async () => {
  const { url } = await start();
  expect(await post(url, [{ query: '{ __typename }' }, { query: '{ __typename }' }])).toMatchObject(
    {
      status: 400,
      errors: [{ extensions: { code: 'BAD_REQUEST' } }],
    },
  );
});

test('without introspection the schema stays hidden, in errors as well', async () => {
  const { url, root, execute } = await start({ INTROSPECTION: 'false' });
  expect(await execute('{ __schema { queryType { name } } }')).toMatchObject({
    errors: [{ message: matching(/^The schema can't be read here/) }],
  });
  expect((await execute('{ boks { id } }')).errors?.[0]?.message).toBe(
    'Cannot query field "boks" on type "Query".',
  );
  const query = 'query ($g: Genre!) { sharedBy(genre: $g) { id } }';
  expect(JSON.stringify(await post(url, { query, variables: { g: 'NOVE' } }))).not.toContain(
    'NOVEL',
  );
  expect((await fetch(`${root}/schema.graphql`)).status).toBe(404);
  expect((await execute('{ book(id: "1") { __typename title } }')).data).toEqual({
    book: { __typename: 'Book', title: 'Số đỏ' },
  });
});

test('plans are in answers only where the setting allows it and the client asks for it', async () => {
  const query = { query: '{ books { title rating } }' };
  const asking = { 'apollo-query-plan-experimental': '1' };
  const open = await start({ QUERY_PLANS: 'true' });
  const answer = await post(open.url, query, asking);
  expect(answer.extensions?.['__queryPlanExperimental']).toContain('Fetch(service: "reviews")');
  expect(await post(open.url, query)).not.toHaveProperty('extensions');

  const closed = await start({ QUERY_PLANS: 'false' });
  expect(await post(closed.url, query, asking)).not.toHaveProperty('extensions');

  const local = await start();
  expect(await post(local.url, query, asking)).toHaveProperty('extensions.planSteps');
  const proxied = { ...asking, 'x-forwarded-for': '192.0.2.1' };
  expect(await post(local.url, query, proxied)).not.toHaveProperty('extensions');
});

test('with the plan comes how it went: each fetch, when, and how long', async () => {
  const { url } = await start();
  const query = { query: '{ books { title rating } }' };
  const { extensions } = await post(url, query, { 'apollo-query-plan-experimental': '1' });
  const { ms, steps } = extensions?.['planSteps'] as {
    ms: number;
    steps: Record<string, unknown>[];
  };
  expect(steps.map(({ subgraph, entities }) => [subgraph, entities])).toEqual([
    ['books', undefined],
    ['reviews', 3],
  ]);
  expect(String(steps[0]?.['query'])).toContain('books');
  expect(Number(steps[1]?.['startMs'])).toBeGreaterThanOrEqual(Number(steps[0]?.['ms']));
  expect(ms).toBeGreaterThanOrEqual(Number(steps[0]?.['ms']) + Number(steps[1]?.['ms']));
});

test('an operation that multiplies fragments is refused at once', async () => {
  const { execute } = await start();
  const doubling = Array.from(
    { length: 15 },
    (_, level) =>
      `fragment F${level} on Review { a: book { reviews { ...F${level + 1} } } b: book { reviews { ...F${level + 1} } } }`,
  );
  const query = `{ reviews { ...F0 } } ${doubling.join(' ')} fragment F15 on Review { text }`;
  const before = performance.now();
  expect(await execute(query)).toMatchObject({
    errors: [
      {
        message: matching(/^This request has .+: ask for fewer /),
        extensions: { code: 'OPERATION_TOO_COMPLEX' },
      },
    ],
  });
  expect(performance.now() - before).toBeLessThan(5_000);

  const long = `{ ${'books { id } '.repeat(6_000)} }`;
  expect(await execute(long)).toMatchObject({
    errors: [{ extensions: { code: 'DOCUMENT_TOO_LARGE', limit: 'LIMIT_TOKENS' } }],
  });
});

test('pages of other origins read answers only as CORS_ORIGINS says, and never with cookies', async () => {
  const ask = async (url: string, origin: string) => {
    const { headers } = await fetch(url, {
      method: 'POST',
      headers: { ...json, origin },
      body: '{"query":"{ __typename }"}',
    });
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    return headers.get('access-control-allow-origin');
  };
  const preflight = async (url: string, origin: string) => {
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    };
    const response = await fetch(url, { method: 'OPTIONS', headers });
    return [response.status, response.headers.get('access-control-allow-origin')];
  };

  const closed = await start();
  expect(await ask(closed.url, 'https://a.example')).toBeNull();
  expect(await preflight(closed.url, 'https://a.example')).toEqual([405, null]);

  const some = await start({ CORS_ORIGINS: 'https://a.example, https://b.example:8443' });
  expect(await ask(some.url, 'https://a.example')).toBe('https://a.example');
  expect(await ask(some.url, 'https://b.example:8443')).toBe('https://b.example:8443');
  expect(await ask(some.url, 'https://c.example')).toBeNull();
  expect(await preflight(some.url, 'https://a.example')).toEqual([204, 'https://a.example']);

  const any = await start({ CORS_ORIGINS: '*' });
  expect(await ask(any.url, 'https://c.example')).toBe('*');
});

test('answers do not tell what software gave them', async () => {
  const { url } = await start();
  const { headers } = await fetch(url, { headers: json });
  expect([headers.get('server'), headers.get('x-powered-by')]).toEqual([null, null]);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

test('nothing depends on NODE_ENV', async () => {
  const before = process.env['NODE_ENV'];
  try {
    for (const nodeEnv of ['production', 'development']) {
      process.env['NODE_ENV'] = nodeEnv;
      const { url, execute } = await start({ QUERY_PLANS: 'false' });
      expect((await execute('{ __schema { queryType { name } } }')).data).toBeDefined();
      expect(JSON.stringify(await execute('{ uncoded }'))).not.toContain('stack');
      const asking = { 'apollo-query-plan-experimental': '1' };
      expect(await post(url, { query: '{ coded }' }, asking)).not.toHaveProperty('extensions');
    }
  } finally {
    process.env['NODE_ENV'] = before;
  }
});
