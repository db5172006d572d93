import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../gateway/policy/documents/Manifest.ts';
import { addKey, showing, temporaryKeyFile } from '../../helpers/keys.ts';
import { matching } from '../kit.ts';
import { untilTaken } from './guarded.ts';
import { startNews } from './hintedGraph.ts';

const NOBODY = 'private, no-store';
const DEFAULT = { RESPONSE_CACHE_DEFAULT_S: '7' };

describe('how old an answer may be', () => {
  it.each([
    ['{ story(id: 1) { id title } }', 30, 30],
    ['{ stories { title } }', 60, 60],
    ['{ stories { title views } }', 5, 5],
    ['{ stories { related { title } } }', 30, 30],
    ['{ stories { editor { name } } }', 0, 7],
    ['{ stories { place { name } } }', 50, 50],
    ['{ stories { place { motto { text } } } }', 10, 10],
    ['{ stories { note } }', 0, 0],
    ['{ stories { title ... @skip(if: true) { note } } }', 0, 0],
    ['{ plain { text } }', 0, 7],
    ['{ headline }', 0, 7],
    ['{ weather headline }', 0, 7],
    ['{ weather }', 40, 40],
    ['{ a: weather b: story(id: 1) { views } }', 5, 5],
    ['{ weather __typename __schema { queryType { name } } }', 40, 40],
    ['{ __typename }', 0, 0],
    ['{ __schema { queryType { name } } }', 0, 0],
    ['{ mood }', 0, 0],
    // What is said of the field does not make public what its type says is private.
    ['{ own { text } }', 0, 0],
    // Nothing older than the parent, at the root.
    ['{ named { name } }', 0, 7],
    ['{ namedFor { name } }', 90, 90],
    ['{ namedFor { motto { text } } }', 10, 10],
    ['{ namedFor { ... on Person { motto { text } } } }', 20, 20],
    ['{ namedFor { ...M } } fragment M on Named { motto { text } }', 10, 10],
    // One that it may be says nothing, but all of them are what the union says.
    ['{ anything { __typename } }', 30, 30],
    ['{ anything { ... on Plain { text } } }', 30, 30],
    ['query A { weather } query B { mood }', 40, 40],
  ])('%s: %i s, or %i s', async (query, hinted, withDefault) => {
    const operationName = query.startsWith('query A') ? 'A' : undefined;
    for (const [env, maxAge] of [
      [{}, hinted],
      [DEFAULT, withDefault],
    ] as const) {
      const { ask, asked } = await startNews(env);
      const { answer, control, age, header } = await ask({ query, operationName });
      expect(answer.errors).toBeUndefined();
      expect(control).toBe(maxAge ? `public, max-age=${maxAge}` : NOBODY);
      expect(age).toBe(maxAge ? '0' : null);
      expect(header('vary')).toBe(
        maxAge
          ? 'authorization, x-api-key, accept, antq-cost, apollo-query-plan-experimental'
          : null,
      );
      asked();
      const again = await ask({ query, operationName });
      expect(again.answer).toEqual(answer);
      expect(again.control).toBe(control);
      expect(asked().length > 0).toBe(maxAge === 0 && !query.startsWith('{ __'));
    }
  });

  it('is a matter of time', async () => {
    const { ask, asked } = await startNews();
    const query = '{ brief }';
    const begun = performance.now();
    await ask({ query });
    while (performance.now() - begun <= 1_000) {
      const { age } = await ask({ query });
      expect(['0', '1']).toContain(age);
      await sleep(100);
    }
    await ask({ query });
    expect(asked()).toHaveLength(2);
  });
});

describe('an answer is kept', () => {
  it('for all who ask the same, by every way', async () => {
    const { ask, get, asked } = await startNews();
    const query = 'query Q($first: Int) { stories(first: $first) { id title } }';
    const first = await ask({ query, variables: { first: 1 } });
    expect(first.answer).toEqual({ data: { stories: [{ id: '0', title: 'Tin 0 "\\ ế' }] } });
    const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(query) } };
    const variables = { first: 1 };
    const answers = [
      await ask({ query, variables }),
      await ask({ query, variables, operationName: 'Q' }),
      await ask({ query, variables: { ...variables, other: 2 } }),
      await ask({ query, variables, extensions }),
      await ask({ variables, extensions }),
      await ask({ variables, documentId: `sha256:${sha256(query)}` }),
      await ask({ query, variables }, { accept: 'application/graphql-response+json' }),
      await get({ query, variables: JSON.stringify(variables) }),
      await get({ documentId: sha256(query), variables: JSON.stringify(variables) }),
    ];
    for (const { text, control } of answers) {
      expect([text, control]).toEqual([first.text, 'public, max-age=60']);
    }
    expect(asked()).toEqual(['stories']);
  });

  it('where requests of the same shape do not ask the same', async () => {
    const { ask, asked } = await startNews();
    const different = [
      { query: 'query($day: Int) { weather(day: $day) }' },
      { query: 'query($day: Int) { weather(day: $day) }', variables: { day: null } },
      { query: 'query($day: Int) { weather(day: $day) }', variables: { day: 1 } },
      { query: 'query($day: Int) { weather(day: $day) }', variables: { day: 10 } },
      { query: 'query($day: Int = 3) { weather(day: $day) }' },
      { query: 'query($day: Int = 3) { weather(day: $day) }', variables: { day: 1 } },
      { query: '{ weather(day: 1) }' },
      { query: '{ a: weather(day: 1) }' },
      { query: 'query($words: [String!]) { weather(words: $words) }', variables: { words: ['a'] } },
      { query: 'query($words: [String!]) { weather(words: $words) }', variables: { words: ['b'] } },
      {
        query: 'query($words: [String!]) { weather(words: $words) }',
        variables: { words: ['a', 'b'] },
      },
      {
        query: 'query($words: [String!]) { weather(words: $words) }',
        variables: { words: ['a","b'] },
      },
      {
        query: 'query($at: Where) { weather(at: $at) }',
        variables: { at: { north: 1, east: 2 } },
      },
      {
        query: 'query($at: Where) { weather(at: $at) }',
        variables: { at: { north: 2, east: 1 } },
      },
      ...['A', 'B'].map((operationName) => ({
        query: 'query A { weather(day: 5) } query B { b: weather(day: 5) }',
        operationName,
      })),
      { query: '{ ...F } fragment F on Query { weather(day: 6) }' },
      { query: '{ ...F } fragment F on Query { f: weather(day: 6) }' },
      {
        query: 'query($yes: Boolean!) { weather @include(if: $yes) count }',
        variables: { yes: true },
      },
      {
        query: 'query($yes: Boolean!) { weather @include(if: $yes) count }',
        variables: { yes: false },
      },
      // In another order: two names in two documents.
      {
        query: 'query($a: Int, $b: Int) { a: weather(day: $a) b: weather(day: $b) }',
        variables: { a: 1, b: 2 },
      },
      {
        query: 'query($a: Int, $b: Int) { a: weather(day: $a) b: weather(day: $b) }',
        variables: { a: 2, b: 1 },
      },
      {
        query: 'query($b: Int, $a: Int) { a: weather(day: $a) b: weather(day: $b) }',
        variables: { a: 1, b: 2 },
      },
    ];
    const first = [];
    for (const body of different) first.push((await ask(body)).text);
    expect(asked().length).toBeGreaterThanOrEqual(different.length);
    const again = [];
    for (const body of different) again.push((await ask(body)).text);
    expect(again).toEqual(first);
    expect(asked()).toEqual([]);
    expect(first[0]).toContain('{}');
    expect(first[1]).toContain('null');
    expect(first[6]).not.toBe(first[7]);
  });

  it('but not with errors or in part, nor when it is refused', async () => {
    const { ask, asked } = await startNews();
    for (const body of [
      { query: '{ count failing }' },
      { query: '{ partly { title } }' },
      { query: '{ stories { failing } }' },
      { query: '{ stories { draft title } }' },
      { query: '{ nothing }' },
      { query: 'query($day: Int) { weather(day: $day) }', variables: { day: 'no number' } },
      { query: '{' },
      {},
      { query: 'query A { weather } query B { weather }' },
    ]) {
      asked();
      const { answer, control, age } = await ask(body);
      expect(answer.errors?.length, JSON.stringify(body)).toBeGreaterThan(0);
      expect([control, age]).toEqual([NOBODY, null]);
      const isAsked = asked().length > 0;
      expect((await ask(body)).answer.data).toEqual(answer.data);
      // What a field that is denied leaves is the same for all who may not see it.
      expect(asked().length > 0).toBe(isAsked && !body.query?.includes('draft'));
    }
  });

  it('until a change is made, however it ends', async () => {
    const { ask, asked, get } = await startNews();
    const query = '{ count }';
    const count = async () => (await ask({ query })).answer.data?.['count'];
    expect([await count(), await count()]).toEqual([0, 0]);
    const change = await ask({ query: 'mutation { countUp }' });
    expect([change.answer.data, change.control]).toEqual([{ countUp: 1 }, NOBODY]);
    expect(await count()).toBe(1);
    expect((await get({ query })).answer.data).toEqual({ count: 1 });
    await ask({ query: 'mutation { countUp refused }' });
    expect([await count(), await count()]).toEqual([2, 2]);
    expect(asked()).toEqual(['count', 'count', 'count']);
  });

  it('unless a change was made while it was on its way', async () => {
    let release: () => void = () => {};
    let isKnown: () => void = () => {};
    const known = new Promise<void>((resolve) => (isKnown = resolve));
    const held = new Promise<void>((resolve) => (release = resolve));
    let isFirst = true;
    const { ask } = await startNews({}, (field) => {
      if (field !== 'count' || !isFirst) return undefined;
      isFirst = false;
      isKnown();
      return held;
    });
    const early = ask({ query: '{ count }' });
    await known;
    await ask({ query: 'mutation { countUp }' });
    release();
    expect((await early).answer.data).toEqual({ count: 0 });
    expect((await ask({ query: '{ count }' })).answer.data).toEqual({ count: 1 });
  });

  it('until another supergraph is served', async () => {
    const { ask, asked, supergraphFile } = await startNews();
    const ages = async (maxAge: number) => {
      const { control } = await ask({ query: '{ weather(day: 1) }' });
      return control === `public, max-age=${maxAge}`;
    };
    expect(await ages(40)).toBe(true);
    const supergraph = await readFile(supergraphFile, 'utf8');
    asked();
    await writeFile(supergraphFile, supergraph.replaceAll('maxAge: 40', 'maxAge: 41'));
    while (!(await ages(41))) {
      expect(asked()).toEqual([]);
      await sleep(20);
    }
    expect(asked()).toEqual(['weather']);
  });

  it('nowhere when there is no room, and is public all the same', async () => {
    const { ask, asked } = await startNews({ RESPONSE_CACHE_MB: '0' });
    for (let time = 0; time < 3; time += 1) {
      expect((await ask({ query: '{ weather }' })).control).toBe('public, max-age=40');
    }
    expect(asked()).toHaveLength(3);
  });

  it('by our own executor only', async () => {
    const { ask, asked } = await startNews({ GATEWAY_EXECUTOR: 'apollo', ...DEFAULT });
    for (let time = 0; time < 2; time += 1) {
      expect((await ask({ query: '{ weather }' })).control).toBe(NOBODY);
    }
    expect(asked()).toHaveLength(2);
  });
});

describe('nobody has an answer from others', () => {
  it('who has shown a key, nor does anybody have his', async () => {
    const KEYS_FILE = temporaryKeyFile();
    const { ask, asked, url } = await startNews({ KEYS_FILE });
    const keys = [];
    for (const scopes of [[], ['drafts'], ['*']]) {
      const { text } = await addKey(KEYS_FILE, { agency: 'org-a', scopes });
      await untilTaken(url, showing(text));
      keys.push(showing(text), { 'x-api-key': text });
    }
    asked();
    for (const query of ['{ whoami }', '{ stories(first: 1) { draft } }', '{ weather }']) {
      const seen = new Set<string>();
      const isPublic = !query.includes('draft');
      const first = await ask({ query });
      expect(first.control === NOBODY).toBe(!isPublic);
      expect(asked()).toHaveLength(1);
      for (const headers of [...keys, ...keys]) {
        const own = await ask({ query }, headers);
        expect([own.control, own.age, own.header('vary')]).toEqual([NOBODY, null, null]);
        seen.add(own.text);
      }
      const again = await ask({ query });
      expect(again.text).toBe(first.text);
      if (query === '{ whoami }') {
        expect(first.answer.data).toEqual({ whoami: 'null' });
        expect(seen.size).toBe(3);
        expect(seen).not.toContain(first.text);
      }
      if (!isPublic) expect(first.text).not.toContain('secret');
      // What is left for the public of what it may not see is kept as well.
      expect(asked()).toHaveLength(12);
    }
  });

  it('whose headers subgraphs get to see', async () => {
    const { ask, asked } = await startNews({ FORWARD_HEADERS: 'accept-language,x-ward' });
    const query = '{ weather }';
    const none = { 'accept-language': '' };
    for (let time = 0; time < 2; time += 1) {
      expect((await ask({ query }, { ...none, 'x-ward': '1' })).control).toBe(NOBODY);
    }
    expect(asked()).toHaveLength(2);
  });

  it('and wrong keys have none', async () => {
    const { ask, asked } = await startNews();
    await ask({ query: '{ weather }' });
    asked();
    const { status, control } = await ask({ query: '{ weather }' }, { 'x-api-key': 'antq_wrong' });
    expect([status, control, asked()]).toEqual([401, NOBODY, []]);
  });
});

describe('caches on the way', () => {
  it('have tags for what they get, and are told when they have it already', async () => {
    const { get, ask, asked } = await startNews();
    const query = '{ weather(day: 1) }';
    const first = await get({ query });
    expect([first.status, first.control]).toEqual([200, 'public, max-age=40']);
    const tag = first.header('etag') ?? '';
    expect(tag).toMatch(/^"[\w-]{43}"$/);
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const again = await get({ query }, { 'if-none-match': known });
      expect([again.status, again.text]).toEqual([304, '']);
      expect([again.header('etag'), again.control]).toEqual([tag, 'public, max-age=40']);
      expect(again.header('vary')).toBe(first.header('vary'));
      expect(again.header('content-type')).toBeNull();
      expect(again.header('x-content-type-options')).toBe('nosniff');
    }
    for (const unknown of ['"other"', tag.slice(1, -1), '']) {
      const { status, text } = await get({ query }, { 'if-none-match': unknown });
      expect([status, text]).toEqual([200, first.text]);
    }
    const other = await get({ query: '{ weather(day: 2) }' }, { 'if-none-match': tag });
    expect([other.status, other.header('etag') === tag]).toEqual([200, false]);
    expect(asked()).toEqual(['weather', 'weather']);
    const posted = await ask({ query }, { 'if-none-match': tag });
    expect([posted.status, posted.header('etag')]).toEqual([200, null]);
  });

  it('learn by HEAD what they would by GET', async () => {
    const { get } = await startNews();
    for (const query of [
      '{ weather(day: 1) }',
      '{ headline }',
      '{ nothing }',
      'mutation { countUp }',
    ]) {
      const [head, whole] = [await get({ query }, {}, 'HEAD'), await get({ query })];
      expect([head.status, head.text]).toEqual([whole.status, '']);
      for (const name of ['content-type', 'content-length', 'cache-control', 'etag', 'vary']) {
        expect(head.header(name), name).toBe(whole.header(name));
      }
      const tag = whole.header('etag');
      if (tag === null) continue;
      expect((await get({ query }, { 'if-none-match': tag }, 'HEAD')).status).toBe(304);
    }
    const forged = await get({ query: '{ weather }' }, { 'apollo-require-preflight': '' }, 'HEAD');
    expect(forged.status).toBe(400);
  });

  it('are never told so of what others may not have', async () => {
    const KEYS_FILE = temporaryKeyFile();
    const { get, url } = await startNews({ KEYS_FILE });
    const { text: key } = await addKey(KEYS_FILE, {});
    await untilTaken(url, showing(key));
    for (const [query, headers] of [
      ['{ weather }', showing(key)],
      ['{ mood }', {}],
      ['{ headline }', {}],
      ['{ failing }', {}],
      ['{ nothing }', {}],
      ['{ weather }', { 'antq-cost': '1' }],
      ['mutation { countUp }', {}],
    ] as const) {
      const first = await get({ query }, headers);
      expect([first.control, first.header('etag'), first.age]).toEqual([NOBODY, null, null]);
      const again = await get({ query }, { ...headers, 'if-none-match': '*' });
      expect(again.status).toBe(first.status);
      expect(again.text).not.toBe('');
    }
  });

  it('learn which headers count, and which pages may read', async () => {
    const { get } = await startNews({
      CORS_ORIGINS: 'https://a.example,https://b.example',
      FORWARD_HEADERS: 'x-ward',
    });
    const { header } = await get({ query: '{ weather }' }, { origin: 'https://a.example' });
    expect(header('vary')).toBe(
      'Origin, authorization, x-api-key, accept, antq-cost, apollo-query-plan-experimental, x-ward',
    );
  });

  it('are not told to keep what tells what it cost, or how it is planned', async () => {
    const { ask } = await startNews({ QUERY_PLANS: 'true' });
    const query = '{ weather }';
    await ask({ query });
    const kept = await ask({ query }, { 'antq-cost': '1' });
    expect([kept.answer.extensions, kept.control]).toMatchObject([
      { cost: { requested: 0, actual: 1 } },
      NOBODY,
    ]);
    for (let time = 0; time < 2; time += 1) {
      const planned = await ask({ query }, { 'apollo-query-plan-experimental': '1' });
      expect([planned.answer.extensions, planned.control]).toEqual([
        {
          __queryPlanExperimental: matching(/Fetch\(service: "news"\)/),
          planSteps: expect.objectContaining({
            steps: [expect.objectContaining({ subgraph: 'news' })],
          }) as unknown,
        },
        NOBODY,
      ]);
    }
  });
});

describe('an answer that is kept', () => {
  it('is counted and charged as cheap', async () => {
    const { ask } = await startNews({
      COST_BUCKET: '100',
      COST_LIMIT: '100',
      COST_RESTORE_PER_S: '1',
    });
    const query = '{ stories(first: 50) { title } }';
    const costs = [];
    for (let time = 0; time < 31; time += 1) {
      const { answer } = await ask({ query }, { 'antq-cost': '1' });
      costs.push(answer.extensions?.['cost']);
    }
    expect(costs).toMatchObject([
      { requested: 10, actual: 50 },
      ...Array.from({ length: 30 }, () => ({ requested: 10, actual: 1 })),
    ]);
  });

  it('counts among the requests of who asks', async () => {
    const { ask } = await startNews({ RATE_LIMIT_PER_S: '1', RATE_LIMIT_BURST_S: '3' });
    const statuses = new Set<number>();
    for (let time = 0; time < 20; time += 1)
      statuses.add((await ask({ query: '{ weather }' })).status);
    expect(statuses).toEqual(new Set([200, 429]));
  });
});
