import { expect, test } from 'vitest';
import { buildSchema } from 'graphql';
import { closedUrl, matching, serve, serveRaw, startTestGateway } from './kit.ts';
import { createBooks, createReviews } from './library.ts';

async function start(env: Record<string, string> = {}) {
  const subgraphs = [createBooks(), createReviews()];
  return startTestGateway({ subgraphs, inProcess: subgraphs, env });
}

function textOf(html: string) {
  return html
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

test('the landing page says in Vietnamese what this is, and loads nothing', async () => {
  const { root, url } = await start();
  const response = await fetch(root);
  const html = await response.text();
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(html).toContain('<title>GraphQL · Toàn dân bảo vệ an ninh Tổ quốc</title>');
  expect(html.normalize('NFC')).toBe(html);
  expect(html).toContain(`<code>${url}</code>`);

  expect(response.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
  );
  expect(html).not.toMatch(/<(script|img|link|iframe)|\bsrc=|url\(|@import/);
  const addresses = html.match(/https?:\/\/[^\s<"]+/g) ?? [];
  expect(new Set(addresses)).toEqual(new Set([url]));
  for (const [, path] of html.matchAll(/href="([^"]+)"/g)) {
    expect((await fetch(new URL(path ?? '', root))).status, path).toBe(200);
  }
});

test('the example on the landing page works, and its curl is the same query', async () => {
  const { root, execute } = await start();
  const html = await (await fetch(root)).text();
  const query = textOf(/<pre id="query">(.+?)<\/pre>/s.exec(html)?.[1] ?? '');
  expect(query).toBe(
    '{ books(first: 3) { id title publishedOn reviews { text book { id title publishedOn } } } }',
  );
  expect(await execute(query)).toMatchObject({ data: { books: [{ id: '1' }, {}, {}] } });
  expect(textOf(html)).toContain(`-d '${JSON.stringify({ query })}'`);
});

test('what a Host header says can not become markup', async () => {
  const { root } = await start();
  const html = await new Promise<string>((resolve, reject) => {
    void import('node:http').then(({ get }) =>
      get(root, { headers: { host: '"><b>x' } }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        response.on('end', () => resolve(body));
      }).on('error', reject),
    );
  });
  expect(html).not.toContain('<b>');
});

test('without LANDING_PAGE there is none', async () => {
  const { root } = await start({ LANDING_PAGE: 'false' });
  const response = await fetch(root);
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toContain('application/json');
});

test('the schema of the graph can be read as SDL', async () => {
  const { root } = await start();
  const schema = buildSchema(await (await fetch(`${root}/schema.graphql`)).text());
  expect(Object.keys(schema.getType('Book')?.toConfig() ?? {})).toContain('fields');
  expect(schema.getType('_Entity')).toBeUndefined();
});

test('/healthz says that the process lives, /readyz which subgraphs answer', async () => {
  const read = async (url: string) => {
    const response = await fetch(url);
    return [response.status, await response.json()] as unknown;
  };
  const supergraph = { version: matching(/^[0-9a-f]{12}$/), servedSince: matching(/^20.+Z$/) };
  const [books, reviews] = [createBooks(), createReviews()];
  const some = await startTestGateway({
    subgraphs: [
      { ...books, url: await serve(books) },
      { ...reviews, url: await closedUrl() },
    ],
  });
  expect(await read(`${some.root}/healthz`)).toEqual([200, { status: 'ok' }]);
  expect(await read(`${some.root}/readyz`)).toEqual([
    200,
    { status: 'ready', subgraphs: { books: 'up', reviews: 'down' }, supergraph },
  ]);

  const none = await startTestGateway({
    subgraphs: [
      { ...books, url: await serveRaw((_request, response) => response.end('<html>')) },
      { ...reviews, url: await closedUrl() },
    ],
  });
  expect(await read(`${none.root}/healthz`)).toEqual([200, { status: 'ok' }]);
  expect(await read(`${none.root}/readyz`)).toEqual([
    503,
    { status: 'unready', subgraphs: { books: 'down', reviews: 'down' }, supergraph },
  ]);
});
