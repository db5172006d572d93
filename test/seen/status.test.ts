import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { closedUrl, matching, serveRaw, startTestGateway } from '../gateway/kit.ts';
import { createBooks, createReviews } from '../gateway/library.ts';

const number = expect.any(Number) as unknown;
const whole = {
  status: 'ready',
  subgraphs: { books: 'up', reviews: 'up' },
  supergraph: { version: matching(/^[0-9a-f]{12}$/), servedSince: matching(/^20.+Z$/) },
  version: matching(/^\d+\.\d+\.\d+$/),
  uptimeS: number,
  load: { running: 0, queued: 0, shed: 0, eventLoopLagMs: number, memoryMb: number },
};

async function read(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, { headers });
  return { response, text: await response.text() };
}

it('is a page for people that loads nothing and runs nothing, in Vietnamese and English', async () => {
  const subgraphs = [createBooks(), createReviews()];
  const { root } = await startTestGateway({ subgraphs, inProcess: subgraphs });
  const { response, text } = await read(`${root}/status`, { accept: 'text/html,*/*' });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const [, style = ''] = /<style>([^]*)<\/style>/.exec(text) ?? [];
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = response.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain(`style-src 'sha256-${hash}'`);
  expect(text).not.toMatch(/<script|<link|<img|\bsrc=|\bstyle=|https?:/);
  expect(text).toContain('<html lang="vi">');
  expect(text).toContain('name="viewport"');
  expect(text).toContain('http-equiv="refresh"');
  expect(text).toContain('color-scheme: light dark');
  expect(text).toContain('Hoạt động bình thường <small lang="en">All works</small>');
});

it('is JSON for programs', async () => {
  const subgraphs = [createBooks(), createReviews()];
  const { root } = await startTestGateway({ subgraphs, inProcess: subgraphs });
  for (const [query, accept] of [
    ['?format=json', 'text/html'],
    ['', 'application/json'],
  ] as const) {
    const { response, text } = await read(`${root}/status${query}`, { accept });
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(JSON.parse(text)).toEqual(whole);
  }
});

it('says what does not work, and why a supergraph is refused, and nothing of where things are', async () => {
  const [books, reviews] = [createBooks(), createReviews()];
  const gone = await closedUrl();
  const { root, supergraphFile } = await startTestGateway({
    subgraphs: [books, { ...reviews, url: gone }],
    inProcess: [books],
  });
  await writeFile(supergraphFile, 'type <b>Query</b> {');
  const status = async () =>
    JSON.parse((await read(`${root}/status?format=json`)).text) as {
      status: string;
      supergraph: { refused?: { reason: string } };
    };
  await expect.poll(async () => (await status()).supergraph.refused?.reason).toBeDefined();
  expect(await status()).toMatchObject({
    status: 'degraded',
    subgraphs: { books: 'up', reviews: 'down' },
    supergraph: { refused: { at: matching(/^20/), reason: matching(/./) } },
  });
  const { text } = await read(`${root}/status`);
  expect(text).toContain('Parts of it do not work');
  expect(text).not.toContain('<b>');
  expect(text).not.toContain(supergraphFile);
  expect(text).not.toContain(new URL(gone).port);
  expect(text).not.toContain(process.cwd());
});

it('tells of the databases of subgraphs, in this process and over HTTP', async () => {
  const [books, reviews] = [createBooks(), createReviews()];
  const url = await serveRaw(({ url: path }, response) => {
    response.setHeader('content-type', 'application/json');
    if (path !== '/readyz') response.end('{"data":{"__typename":"Query"}}');
    else response.writeHead(503).end('{"status":"unready","database":"down"}');
  });
  const { root } = await startTestGateway({
    subgraphs: [books, { ...reviews, url }],
    inProcess: [{ ...books, isReady: async () => true }],
  });
  const found = {
    subgraphs: { books: 'up', reviews: 'down' },
    database: { books: 'up', reviews: 'down' },
  };
  expect(JSON.parse((await read(`${root}/readyz`)).text)).toMatchObject(found);
  expect(JSON.parse((await read(`${root}/status?format=json`)).text)).toMatchObject({
    status: 'degraded',
    ...found,
  });
});
