import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sha256 } from '../../gateway/policy/documents/Manifest.ts';
import { heldBytes } from '../helpers/heldBytes.ts';
import { startTestGateway, type Answer } from '../gateway/kit.ts';
import { createBooks } from '../gateway/library.ts';
import { postJson, send } from './Attack.ts';

const TRUSTED = 'query Trusted {\n  books {\n    title\n  }\n}';
const FREE = '{ books { id } }';

async function start(env: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'trusted-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'manifest.json');
  const operations = [{ id: sha256(TRUSTED), name: 'Trusted', type: 'query', body: TRUSTED }];
  await writeFile(
    file,
    JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }),
  );
  const books = createBooks();
  return startTestGateway({
    subgraphs: [books],
    inProcess: [books],
    env: { TRUSTED_DOCUMENTS_FILE: file, ...env },
  });
}

/** What is wrong with an answer, by code; the data when nothing is. */
function read(text: string): unknown {
  const { data, errors } = JSON.parse(text) as Answer;
  return errors?.[0]?.extensions['code'] ?? data;
}

async function expectAlive(url: string) {
  const sent = performance.now();
  const { text } = await postJson(url, { documentId: sha256(TRUSTED) });
  expect(read(text)).toMatchObject({ books: [{ title: 'Số đỏ' }, {}, {}] });
  expect(performance.now() - sent).toBeLessThan(2_000);
}

const hash = sha256(FREE);
const persisted = (sha256Hash: unknown, version: unknown = 1) => ({
  extensions: { persistedQuery: { version, sha256Hash } },
});

/** Names that every object has, paths, operators: none of them is an id. */
const odd = [
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'],
  ...['../../etc/passwd', 'schema/trusted-documents.json', 'file:///etc/passwd', '%2e%2e%2f', '.'],
  ...['sha256:', 'sha256:sha256:', 'sha256:../x', ' ', '\u0000', '$ne', '*', 'null'],
  ...[hash.toUpperCase(), ` ${hash}`, `${hash}\n`, hash.slice(1), `${hash}0`, '0'.repeat(64)],
  'x'.repeat(50_000),
];

describe.each(['off', 'report', 'enforce'])('TRUSTED_DOCUMENTS=%s', (mode) => {
  const startMode = () => start({ TRUSTED_DOCUMENTS: mode });
  const missing = mode === 'enforce' ? 'DOCUMENT_NOT_TRUSTED' : 'PERSISTED_QUERY_NOT_FOUND';

  it('ids that are none are unknown, in every place', async () => {
    const { url } = await startMode();
    await postJson(url, { query: FREE, ...persisted(hash) });
    for (const id of odd) {
      for (const body of [{ documentId: id }, persisted(id)]) {
        const { status, text } = await postJson(url, body);
        expect([status, read(text)], id.slice(0, 99)).toEqual([200, missing]);
      }
      if (id.length > 9_999) continue;
      const headers = { 'apollo-require-preflight': '1' };
      const { text } = await send(`${url}?documentId=${encodeURIComponent(id)}`, { headers });
      expect(read(text), id).toBe(missing);
    }
    await expectAlive(url);
  });

  it('values that are no ids are refused, with or without a document', async () => {
    const { url } = await startMode();
    const refused = [
      ...[1, true, [], {}, '', [hash], { $gt: '' }].map((documentId) => ({ documentId })),
      ...[1, null, true, [], [hash], {}, undefined].map((each) => persisted(each)),
      ...[2, 0, '1', null, true, [1]].map((version) => persisted(hash, version)),
      ...[1, 'a', [], true, null].map((persistedQuery) => ({ extensions: { persistedQuery } })),
      { documentId: hash, ...persisted(hash) },
    ];
    for (const body of refused) {
      for (const more of [{}, { query: TRUSTED }, { query: FREE }]) {
        const { text } = await postJson(url, { ...body, ...more });
        expect(read(text), JSON.stringify({ ...body, ...more })).toBe('BAD_REQUEST');
      }
    }
    for (const extensions of ['text', 1, true, [], [persisted(hash)]]) {
      const { status, text } = await postJson(url, { query: TRUSTED, extensions });
      expect([status, read(text)]).toEqual([400, 'BAD_REQUEST']);
    }
    await expectAlive(url);
  });

  it('extensions that are large, long or deep are refused', async () => {
    const { url } = await startMode();
    const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
    for (const body of [
      JSON.stringify({ documentId: hash, extensions: { a: Array(2_000).fill(1) } }),
      `{"documentId":"${hash}","extensions":{"persistedQuery":${deep}}}`,
      `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":${deep}}}}`,
    ]) {
      expect(read((await postJson(url, body)).text)).toMatch(/_TOO_(LARGE|COMPLEX)$/);
    }
    const huge = JSON.stringify({ extensions: { persistedQuery: { x: 'x'.repeat(300_000) } } });
    expect((await postJson(url, huge)).status).toBe(413);
    const poisoned = `{"query":${JSON.stringify(TRUSTED)},"extensions":{"__proto__":{"persistedQuery":{"version":1,"sha256Hash":"${hash}"}}}}`;
    expect((await postJson(url, poisoned)).status).toBe(400);
    await expectAlive(url);
  });

  it('an id can not be given to another document', async () => {
    const { url } = await startMode();
    for (const [query, id] of [
      [FREE, sha256(TRUSTED)],
      [TRUSTED, hash],
      [FREE, hash.toUpperCase()],
      [`${FREE} `, hash],
    ]) {
      for (const body of [
        { query, ...persisted(id) },
        { query, documentId: id },
        { query, documentId: `sha256:${id}` },
      ]) {
        const { text } = await postJson(url, body);
        expect(read(text)).toBe('PERSISTED_QUERY_HASH_MISMATCH');
      }
    }
    expect(read((await postJson(url, persisted(hash))).text)).toBe(missing);
    await expectAlive(url);
  });
});

describe('nothing but trusted documents is carried out', () => {
  const free = encodeURIComponent(FREE);
  const trusted = encodeURIComponent(TRUSTED);
  const id = sha256(TRUSTED);

  it.each([
    `?query=${trusted}&query=${free}`,
    `?query=${free}&query=${trusted}`,
    `?query=${trusted}&%71uery=${free}`,
    `?query[]=${free}&documentId=${id}&query=${free}`,
    `?documentId=${id}&documentId=${hash}`,
    `?documentId=${id}&query=${free}`,
    `?a=b?query=${free}`,
    `?query=${free}%00`,
    `?query=${free}#?query=${trusted}`,
    `;query=${free}`,
    `?query=${free};documentId=${id}`,
    `?extensions=${encodeURIComponent(JSON.stringify(persisted(id).extensions))}&query=${free}`,
    `?extensions={}&extensions=${encodeURIComponent(JSON.stringify(persisted(id).extensions))}&query=${free}`,
    `?query=%zz${free}`,
    `?query=%E0%A4%A${free}`,
  ])('by GET: %s', async (search) => {
    const { url } = await start({ TRUSTED_DOCUMENTS: 'enforce' });
    const { text } = await send(url + search, { headers: { 'apollo-require-preflight': '1' } });
    expect(text).not.toContain('"data"');
    expect(read(text)).toEqual(expect.any(String));
    await expectAlive(url);
  });

  it.each([
    `[{"query":"${FREE}"}]`,
    `{"query":${JSON.stringify(TRUSTED)},"query":"${FREE}"}`,
    `{"query":["${FREE}"]}`,
    `{"query":{"kind":"Document"},"documentId":"${hash}"}`,
    `{"query":{"toString":"${FREE}"}}`,
    `{"Query":"${FREE}"}`,
    `{"query":"${FREE}","documentId":null,"extensions":null}`,
    `{"query":"${FREE}","extensions":{}}`,
    `"${FREE}"`,
  ])('by POST: %s', async (body) => {
    const { url } = await start({ TRUSTED_DOCUMENTS: 'enforce' });
    const { text } = await postJson(`${url}?query=${free}`, body);
    expect(text).not.toContain('"data"');
    await expectAlive(url);
  });

  it('nor what was carried out before it was enforced', async () => {
    const before = await start();
    expect(
      read((await postJson(before.url, { query: FREE, ...persisted(hash) })).text),
    ).toBeInstanceOf(Object);
    const { url } = await start({ TRUSTED_DOCUMENTS: 'enforce' });
    for (const body of [
      persisted(hash),
      { documentId: hash },
      { query: FREE, ...persisted(hash) },
    ]) {
      expect(read((await postJson(url, body)).text)).toBe('DOCUMENT_NOT_TRUSTED');
    }
  });
});

describe('a flood', () => {
  it('of registrations takes no more memory than there is room for', async () => {
    const { url } = await start({ APQ_CACHE_KB: '256', LIMIT_CHARACTERS: '50000' });
    // Comments make a document long, and valid all the same.
    const padding = `#${'x'.repeat(40_000)}\n`;
    const flood = async (from: number, to: number) => {
      for (let index = from; index < to; index += 1) {
        const query = `${padding}{ a${index}: books { id } }`;
        const { text } = await postJson(url, { query, ...persisted(sha256(query)) });
        expect(text).toContain('"data"');
      }
    };
    await flood(0, 50);
    const before = heldBytes();
    await flood(50, 400);
    // Sent were 14 MB.
    expect(heldBytes() - before).toBeLessThan(20e6);
    const first = `${padding}{ a0: books { id } }`;
    expect(read((await postJson(url, persisted(sha256(first)))).text)).toBe(
      'PERSISTED_QUERY_NOT_FOUND',
    );
    await expectAlive(url);
  });

  it('of documents as long as they may be takes no more memory than there is room for', async () => {
    const { url } = await start();
    const id = 'x'.repeat(900);
    const fields = (name: number) =>
      Array.from(
        { length: 40 },
        (_, field) =>
          `a${name}x${field}: book(id: "${id}") { publishedOn(day: [${'1,'.repeat(300)}]) }`,
      );
    const flood = async (from: number, to: number) => {
      for (let index = from; index < to; index += 1) {
        const { text } = await postJson(url, { query: `{ ${fields(index).join(' ')} }` });
        expect(text).toContain('"data"');
      }
    };
    await flood(0, 20);
    const before = heldBytes();
    await flood(20, 60);
    // Each is 60 kB, and takes 5 MB with all that is made of it.
    expect(heldBytes() - before).toBeLessThan(30e6);
    await expectAlive(url);
  });

  it('of unknown ids leaves nothing behind', async () => {
    const { url } = await start();
    for (let index = 0; index < 500; index += 1) {
      const { text } = await postJson(url, persisted(sha256(String(index))));
      expect(read(text)).toBe('PERSISTED_QUERY_NOT_FOUND');
    }
    await expectAlive(url);
  });
});
