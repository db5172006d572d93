import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'graphql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readGatewayConfig } from '../../../gateway/config.ts';
import { createDocumentPolicy } from '../../../gateway/policy/documents/createDocumentPolicy.ts';
import { sha256 } from '../../../gateway/policy/documents/Manifest.ts';
import { addKey, showing, temporaryKeyFile } from '../../helpers/keys.ts';
import { ANYONE } from '../../../subgraphs/shared/Viewer.ts';
import { matching, post, startTestGateway, type Answer } from '../kit.ts';
import { createBooks } from '../library.ts';

const TITLES = 'query Titles($first: Int) {\n  books(first: $first) {\n    title\n  }\n}';
const IDS = 'query Ids {\n  books {\n    id\n  }\n}';
const FREE = '{ books { title id } }';
const ONE = { books: [{ title: 'Số đỏ' }] };

interface Operation {
  id: string;
  name: string;
  type: string;
  body: string;
}

const trusting = (body: string, id = sha256(body)): Operation => ({
  id,
  name: /query (\w+)/.exec(body)?.[1] ?? '',
  type: 'query',
  body,
});

const write = (operations: readonly Operation[]) =>
  JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations });

/** A file that lists documents, and a way to change it. */
async function manifest(...operations: Operation[]) {
  const folder = await mkdtemp(join(tmpdir(), 'trusted-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'manifest.json');
  await writeFile(file, write(operations));
  return { file, change: (text: string) => writeFile(file, text) };
}

function start(env: Record<string, string>) {
  const books = createBooks();
  return startTestGateway({ subgraphs: [books], inProcess: [books], env });
}

const persisted = (sha256Hash: string, more: object = {}) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash } },
  ...more,
});

/** Asks by GET, as a browser with a preflight would. */
async function get(
  url: string,
  parameters: Record<string, string>,
  headers = { 'apollo-require-preflight': '1' },
) {
  const response = await fetch(`${url}?${new URLSearchParams(parameters).toString()}`, { headers });
  return { ...((await response.json()) as Answer), status: response.status };
}

const refusedAs = (code: string) => ({ errors: [{ extensions: { code } }] });

describe('trusted documents', () => {
  it.each(['off', 'report', 'enforce'])(
    'are asked for by id where the mode is %s',
    async (mode) => {
      const { file } = await manifest(trusting(TITLES), trusting(IDS, 'books-ids'));
      const { url } = await start({ TRUSTED_DOCUMENTS: mode, TRUSTED_DOCUMENTS_FILE: file });
      const id = sha256(TITLES);
      const variables = { first: 1 };
      const answer = { status: 200, data: ONE };
      for (const body of [
        persisted(id, { variables }),
        persisted(id, { variables, query: TITLES }),
        persisted(id, { variables, operationName: 'Titles', query: null }),
        { documentId: id, variables },
        { documentId: `sha256:${id}`, variables, operationName: 'Titles' },
        { query: TITLES, variables },
        { query: `# what there is to read\n${TITLES.replaceAll('\n', ' ')}`, variables },
      ]) {
        expect(await post(url, body), JSON.stringify(body)).toEqual(answer);
        // Once more: the short way.
        expect(await post(url, body), JSON.stringify(body)).toEqual(answer);
      }
      const ids = { status: 200, data: { books: [{ id: '1' }, { id: '2' }, { id: '3' }] } };
      expect(await post(url, { documentId: 'books-ids' })).toEqual(ids);
      expect(await post(url, persisted('books-ids'))).toEqual(ids);

      const asText = { variables: JSON.stringify(variables) };
      const { extensions } = persisted(id);
      for (const parameters of [
        { ...asText, documentId: id },
        { ...asText, documentId: `sha256:${id}`, operationName: 'Titles' },
        { ...asText, extensions: JSON.stringify(extensions) },
      ]) {
        expect(await get(url, parameters)).toEqual(answer);
        expect(await get(url, parameters, { 'apollo-require-preflight': '' })).toMatchObject({
          status: 400,
          errors: [{ message: matching(/CSRF/) }],
        });
      }
    },
  );

  it('say which operation is not there', async () => {
    const { file } = await manifest(trusting(TITLES));
    const { url } = await start({ TRUSTED_DOCUMENTS: 'enforce', TRUSTED_DOCUMENTS_FILE: file });
    const body = { documentId: sha256(TITLES), operationName: 'Other' };
    expect(await post(url, body)).toMatchObject(refusedAs('OPERATION_RESOLUTION_FAILURE'));
    expect(await post(url, body)).toMatchObject(refusedAs('OPERATION_RESOLUTION_FAILURE'));
  });

  it('are followed as the file changes; a file that is no good changes nothing', async () => {
    const { file, change } = await manifest(trusting(TITLES));
    const { url } = await start({ TRUSTED_DOCUMENTS: 'enforce', TRUSTED_DOCUMENTS_FILE: file });
    const isKnown = async (text: string) => {
      const answer = await post(url, { documentId: sha256(text) });
      return answer.errors?.[0]?.extensions['code'] !== 'DOCUMENT_NOT_TRUSTED';
    };
    const becomesKnown = async (text: string) => {
      while (!(await isKnown(text))) await new Promise((resolve) => setTimeout(resolve, 50));
    };
    expect(await isKnown(IDS)).toBe(false);
    await change(write([trusting(TITLES), trusting(IDS)]));
    await becomesKnown(IDS);
    await change('{');
    expect(await isKnown(IDS)).toBe(true);
    await change(write([trusting(FREE)]));
    await becomesKnown(FREE);
    expect(await isKnown(IDS)).toBe(false);
  });

  it('are kept when the file goes away', async () => {
    const { file } = await manifest(trusting(TITLES));
    const { url } = await start({ TRUSTED_DOCUMENTS_FILE: file, APQ: 'false' });
    const ask = () => post(url, { documentId: sha256(TITLES), variables: { first: 1 } });
    expect((await ask()).data).toEqual(ONE);
    await rm(file);
    // Longer than it takes to notice.
    for (const end = performance.now() + 1_500; performance.now() < end;) {
      expect((await ask()).data).toEqual(ONE);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    // A new one is noticed all the same.
    await writeFile(file, write([trusting(IDS)]));
    while ((await ask()).data) await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await post(url, { documentId: sha256(IDS) })).data).toBeDefined();
  });

  it('are read as other tools list them: texts by id, ids with their kind of hash', async () => {
    const { file, change } = await manifest();
    const lists = [
      JSON.stringify({ [sha256(TITLES)]: TITLES, a1b2: IDS }),
      JSON.stringify({ [`sha256:${sha256(TITLES)}`]: TITLES, 'sha256:a1b2': IDS }),
      write([trusting(TITLES, `sha256:${sha256(TITLES)}`), trusting(IDS, 'a1b2')]),
    ];
    for (const list of lists) {
      await change(list);
      const { url } = await start({ TRUSTED_DOCUMENTS: 'enforce', TRUSTED_DOCUMENTS_FILE: file });
      const variables = { first: 1 };
      for (const body of [
        { documentId: sha256(TITLES), variables },
        { documentId: `sha256:${sha256(TITLES)}`, variables },
        persisted(sha256(TITLES), { variables }),
        { query: TITLES, variables },
      ]) {
        expect(await post(url, body)).toEqual({ status: 200, data: ONE });
      }
      expect((await post(url, { documentId: 'a1b2' })).data).toBeDefined();
    }
  });

  it('come from several files', async () => {
    const [ours, theirs] = [await manifest(trusting(TITLES)), await manifest(trusting(IDS))];
    const TRUSTED_DOCUMENTS_FILE = `${ours.file}, ${theirs.file}`;
    const { url } = await start({ TRUSTED_DOCUMENTS: 'enforce', TRUSTED_DOCUMENTS_FILE });
    expect((await post(url, { documentId: sha256(TITLES) })).data).toBeDefined();
    expect((await post(url, { documentId: sha256(IDS) })).data).toBeDefined();
    expect((await post(url, { query: IDS })).data).toBeDefined();
  });

  it.each([
    ['is missing', undefined, /can't be read \(ENOENT\).*npm run schema/],
    ['is no JSON', '{', /is no manifest of trusted documents \(as a whole/],
    [
      'is of another version',
      '{"format":"apollo-persisted-query-manifest","version":2}',
      /version/,
    ],
    [
      'gives a document the hash of another',
      write([trusting(TITLES, sha256(IDS))]),
      /Titles the id/,
    ],
    [
      'gives two documents one id',
      write([trusting(TITLES, 'a'), trusting(IDS, 'a')]),
      /Ids the id a/,
    ],
    ['gives a text that is no document', write([trusting('query Cut {')]), /Cut .*no GraphQL/],
    ['lists texts, one of them wrong', JSON.stringify({ a: IDS, b: 'Cut {' }), /"b" .*no GraphQL/],
    ['lists what is no text', JSON.stringify({ a: IDS, b: 1 }), /is no manifest/],
    ['is a list', JSON.stringify([IDS]), /is no manifest/],
  ])('a manifest that %s is refused at the start', async (_what, text, message) => {
    const { file, change } = await manifest();
    if (text === undefined) await rm(file);
    else await change(text);
    const env = { TRUSTED_DOCUMENTS: 'report', TRUSTED_DOCUMENTS_FILE: file };
    await expect(start(env)).rejects.toThrow(message);
  });
});

describe('TRUSTED_DOCUMENTS=enforce', () => {
  it('carries out nothing else, however it is sent', async () => {
    const { file } = await manifest(trusting(TITLES));
    const { url } = await start({ TRUSTED_DOCUMENTS: 'enforce', TRUSTED_DOCUMENTS_FILE: file });
    const notTrusted = refusedAs('DOCUMENT_NOT_TRUSTED');
    const hash = sha256(FREE);
    for (let time = 0; time < 2; time += 1) {
      for (const body of [
        { query: FREE },
        persisted(hash, { query: FREE }),
        persisted(hash),
        { documentId: hash, query: FREE },
        { query: `${TITLES} query Other { books { id } }`, operationName: 'Titles' },
        { query: '{ __schema { types { name } } }' },
        { query: 'no document' },
      ]) {
        expect(await post(url, body), JSON.stringify(body)).toMatchObject(notTrusted);
      }
      expect(await get(url, { query: FREE })).toMatchObject(notTrusted);
    }
    expect(await post(url, { query: FREE })).toEqual({
      status: 200,
      errors: [
        {
          message: matching(/ask for one of them by its id, or have yours added/),
          extensions: { code: 'DOCUMENT_NOT_TRUSTED', documentId: hash },
        },
      ],
    });
  });

  it('carries out a trusted document as it is listed, however it is laid out', async () => {
    const { file } = await manifest(trusting(TITLES));
    const { url } = await start({ TRUSTED_DOCUMENTS: 'enforce', TRUSTED_DOCUMENTS_FILE: file });
    // The error tells where: in the text that is listed.
    const variables = { first: 'one' };
    const wrong = await post(url, { documentId: sha256(TITLES), variables });
    expect(wrong).toMatchObject(refusedAs('BAD_USER_INPUT'));
    for (const query of [`# what there is to read\n\n${TITLES}`, TITLES.replaceAll('\n', ',, ')]) {
      expect(await post(url, { query, variables })).toEqual(wrong);
      expect(await post(url, { query, variables: { first: 1 } })).toMatchObject({ data: ONE });
    }
  });

  it('reads no more of a document than one that is trusted may be long', async () => {
    const { file } = await manifest(trusting(TITLES));
    const { url } = await start({ TRUSTED_DOCUMENTS: 'enforce', TRUSTED_DOCUMENTS_FILE: file });
    const padded = (length: number) => ({ query: `#${'x'.repeat(length)}\n${TITLES}` });
    expect((await post(url, padded(9_000))).data).toBeDefined();
    expect(await post(url, padded(12_000))).toMatchObject(refusedAs('DOCUMENT_NOT_TRUSTED'));
  });

  it('lets those send any document whose key has the scope documents:any', async () => {
    const { file } = await manifest(trusting(TITLES));
    const KEYS_FILE = temporaryKeyFile();
    const { text: free } = await addKey(KEYS_FILE, { scopes: ['documents:any'] });
    const { text: other } = await addKey(KEYS_FILE, { scopes: ['campaigns:write'] });
    const { url } = await start({
      TRUSTED_DOCUMENTS: 'enforce',
      TRUSTED_DOCUMENTS_FILE: file,
      KEYS_FILE,
    });
    const ask = (key: string) => post(url, { query: FREE }, showing(key));
    expect(await ask(free)).toMatchObject({ data: { books: [{}, {}, {}] } });
    expect(await ask(other)).toMatchObject(refusedAs('DOCUMENT_NOT_TRUSTED'));
    expect(await post(url, { query: FREE })).toMatchObject(refusedAs('DOCUMENT_NOT_TRUSTED'));
  });
});

describe('TRUSTED_DOCUMENTS=report', () => {
  it('carries out what is not trusted, counts it, and logs it once without its variables', async () => {
    const { file } = await manifest(trusting(TITLES));
    const lines: [object, string][] = [];
    const log = {
      info: () => {},
      error: () => {},
      warn: (details: object, message: string) => void lines.push([details, message]),
    };
    const config = readGatewayConfig({ TRUSTED_DOCUMENTS: 'report', TRUSTED_DOCUMENTS_FILE: file });
    const policy = await createDocumentPolicy(config.documents, () => ANYONE, log);
    onTestFinished(policy.close);
    // Nothing but its identity is looked at.
    const request = {} as Parameters<NonNullable<typeof policy.found>>[1];
    const send = async (query: string) => {
      expect(await policy.resolve?.({ query }, request)).toEqual({ query });
      policy.found?.(parse(query), request);
    };
    await send(TITLES);
    expect([policy.state(), lines]).toEqual([
      { mode: 'report', trusted: 1, registered: 0, untrusted: 0, refused: 0 },
      [],
    ]);
    await send(IDS);
    await send(IDS);
    expect(policy.state().untrusted).toBe(2);
    expect(lines).toEqual([
      [
        { hash: sha256(IDS), operations: ['Ids'], subject: null },
        'a document that is not trusted was carried out',
      ],
    ]);
    for (let index = 0; index < 2_000; index += 1) await send(`{ a${index} }`);
    expect(policy.state().untrusted).toBe(2_002);
    expect(lines).toHaveLength(1_001);
    expect(lines.at(-1)?.[1]).toMatch(/only counted/);
  });

  it('answers over HTTP as without', async () => {
    const { file } = await manifest(trusting(TITLES));
    const { url } = await start({ TRUSTED_DOCUMENTS: 'report', TRUSTED_DOCUMENTS_FILE: file });
    expect(await post(url, { query: FREE })).toMatchObject({
      status: 200,
      data: { books: [{}, {}, {}] },
    });
    expect(await post(url, { query: '{ nothing }' })).toMatchObject(
      refusedAs('GRAPHQL_VALIDATION_FAILED'),
    );
  });
});

describe('automatic persisted queries', () => {
  const hash = sha256(FREE);
  const unknown = {
    status: 200,
    errors: [
      {
        message: 'PersistedQueryNotFound',
        extensions: {
          code: 'PERSISTED_QUERY_NOT_FOUND',
          advice: matching(/send the document once/),
        },
      },
    ],
  };

  it('are registered by sending them once, by POST and by GET', async () => {
    const { url } = await start({});
    expect(await post(url, persisted(hash))).toEqual(unknown);
    const answer = await post(url, persisted(hash, { query: FREE }));
    expect(answer).toMatchObject({ status: 200, data: { books: [{}, {}, {}] } });
    expect(await post(url, persisted(hash))).toEqual(answer);
    expect(await post(url, { documentId: hash })).toEqual(answer);

    const ids = sha256(IDS);
    const extensions = JSON.stringify(persisted(ids).extensions);
    expect(await get(url, { extensions })).toEqual(unknown);
    const gotten = await get(url, { extensions, query: IDS });
    expect(gotten).toMatchObject({ status: 200, data: { books: [{}, {}, {}] } });
    expect(await get(url, { extensions })).toEqual(gotten);
    expect(await get(url, { extensions }, { 'apollo-require-preflight': '' })).toMatchObject({
      status: 400,
    });
  });

  it('are registered only when they are valid and the hash is theirs', async () => {
    const { url } = await start({});
    const invalid = '{ nothing }';
    await post(url, persisted(sha256(invalid), { query: invalid }));
    expect(await post(url, persisted(sha256(invalid)))).toEqual(unknown);
    const wrong = persisted(sha256('{ a }'), { query: FREE });
    expect(await post(url, wrong)).toMatchObject(refusedAs('PERSISTED_QUERY_HASH_MISMATCH'));
    expect(await post(url, persisted(sha256('{ a }')))).toEqual(unknown);
  });

  it('are known to those who may do the same in the same agency, and to nobody else', async () => {
    const KEYS_FILE = temporaryKeyFile();
    const keys = [
      { agency: 'org-a' },
      { agency: 'org-a' },
      { agency: 'org-b' },
      { agency: 'org-a', roles: ['editor'] },
    ];
    const shown: Record<string, string>[] = [];
    for (const key of keys) shown.push(showing((await addKey(KEYS_FILE, key)).text));
    const { url } = await start({ KEYS_FILE });
    const [first = {}, second = {}, ...others] = [...shown, {}];
    expect(await post(url, persisted(hash, { query: FREE }), first)).toMatchObject({ status: 200 });
    expect((await post(url, persisted(hash), second)).data).toBeDefined();
    for (const headers of others)
      expect(await post(url, persisted(hash), headers)).toEqual(unknown);
  });

  it('are kept up to a size, each kind of viewer for itself', async () => {
    const KEYS_FILE = temporaryKeyFile();
    const key = showing((await addKey(KEYS_FILE, {})).text);
    const { url } = await start({ KEYS_FILE, APQ_CACHE_KB: '2' });
    await post(url, persisted(hash, { query: FREE }), key);
    const [first = '', ...more] = Array.from(
      { length: 20 },
      (_, index) => `{ a${index}: books { id } }`,
    );
    for (const query of [first, ...more]) await post(url, persisted(sha256(query), { query }));
    expect(await post(url, persisted(sha256(first)))).toEqual(unknown);
    expect((await post(url, persisted(sha256(more.at(-1) ?? '')))).data).toBeDefined();
    expect((await post(url, persisted(hash), key)).data).toBeDefined();
  });

  it('can be switched off; clients are told so', async () => {
    const { url } = await start({ APQ: 'false' });
    expect((await post(url, persisted(hash, { query: FREE }))).data).toBeDefined();
    expect(await post(url, persisted(hash))).toMatchObject({
      status: 200,
      errors: [
        {
          message: 'PersistedQueryNotSupported',
          extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' },
        },
      ],
    });
  });
});
