import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createResponseCache } from '../../../gateway/policy/responses/createResponseCache.ts';
import { heldBytes } from '../../helpers/heldBytes.ts';
import { addKey, showing, temporaryKeyFile } from '../../helpers/keys.ts';
import { serve, startTestGateway, type Answer } from '../kit.ts';
import { untilTaken } from './guarded.ts';
import { ask, createNews, startNews } from './hintedGraph.ts';

const RUNS = Number(process.env['DIFFERENTIAL_RUNS'] ?? 40);

const leaves = fc
  .subarray(['id', 'title', 'views', 'draft', '__typename', 'note'], { minLength: 1 })
  .map((names) => names.join(' '));
const story = fc
  .tuple(
    leaves,
    fc.constantFrom('', 'related { title draft views }', 'place { name } editor { name }'),
  )
  .map(([own, more]) => `{ ${own} ${more} }`);
const number = fc.constantFrom('1', '2', '$n');
const condition = fc.constantFrom('', '', '@include(if: $yes)', '@skip(if: $yes)');
const field = fc.oneof(
  fc.tuple(number, condition, story).map(([n, on, of]) => `stories(first: ${n}) ${on} ${of}`),
  fc.tuple(condition, story).map(([on, of]) => `story(id: "x") ${on} ${of}`),
  fc.tuple(number, condition).map(([n, on]) => `weather(day: ${n}) ${on}`),
  condition.map((on) => `namedFor ${on} { name ... on Place { motto { text } } }`),
  fc.constantFrom('whoami', 'count', 'headline', 'mood'),
);
/** Few different ones, so that they come again. */
const document = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'c'), field), { minLength: 1, maxLength: 3 })
  .map(
    (fields) => `query($n: Int = 1, $yes: Boolean = true) {
      ${fields.map(([alias, text], index) => `${alias}${index}: ${text}`).join(' ')}
      ...Uses
    }
    fragment Uses on Query { n: weather(day: $n) y: count @include(if: $yes) }`,
  );
const variables = fc.record(
  {
    n: fc.constantFrom(1, 2, null),
    yes: fc.boolean(),
  },
  { requiredKeys: [] },
);
const steps = fc.tuple(
  fc.array(document, { minLength: 1, maxLength: 3 }),
  fc.array(
    fc.record({
      document: fc.nat(2),
      variables,
      viewer: fc.constantFrom(0, 0, 0, 1, 2, 3),
      changes: fc.constantFrom(false, false, false, true),
    }),
    { minLength: 2, maxLength: 12 },
  ),
);

/** What an answer says, without what is another for each request. */
const read = ({ data, errors }: Answer) => ({
  data,
  errors: errors?.map(({ path, extensions }) => [path, extensions['code']]),
});

it('whoever asks whatever in whatever order is answered as if nothing was kept', async () => {
  const KEYS_FILE = temporaryKeyFile();
  const news = createNews();
  const start = (env: Record<string, string>) =>
    startTestGateway({ subgraphs: [news], inProcess: [news], env: { KEYS_FILE, ...env } });
  const keeping = await start({ RESPONSE_CACHE_DEFAULT_S: '600' });
  const plain = await start({ RESPONSE_CACHE_MB: '0', COALESCE: 'false' });
  const viewers: Record<string, string>[] = [{}];
  for (const scopes of [[], ['drafts'], ['*']]) {
    const shown = showing((await addKey(KEYS_FILE, { scopes })).text);
    for (const { url } of [keeping, plain]) await untilTaken(url, shown);
    viewers.push(shown);
  }
  let kept = 0;
  await fc.assert(
    fc.asyncProperty(steps, async ([documents, each]) => {
      for (const step of each) {
        const headers = viewers[step.viewer];
        if (step.changes) await ask(keeping.url, { query: 'mutation { countUp }' }, headers);
        const query = documents[step.document % documents.length];
        const body = { query, variables: step.variables };
        const [answer, expected] = await Promise.all([
          ask(keeping.url, body, headers),
          ask(plain.url, body, headers),
        ]);
        expect(read(answer.answer)).toEqual(read(expected.answer));
        expect(answer.answer.data).toBeDefined();
        if (step.viewer || answer.answer.errors) expect(answer.control).toBe('private, no-store');
        if (answer.age !== null) kept += 1;
      }
    }),
    { numRuns: RUNS },
  );
  // Of 40 made-up orders about 59 answers come from the cache, give or take 10.
  expect(kept).toBeGreaterThan(RUNS / 4);
}, 120_000);

it('what is kept takes no more than its room, whatever it is', () => {
  const room = 20_000;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string({ maxLength: 8 }), fc.nat(12_000), fc.nat(3)), { maxLength: 60 }),
      (entries) => {
        const cache = createResponseCache(room);
        for (const [key, length, action] of entries) {
          cache.begin()(key, 'x'.repeat(length), 60);
          const { responses, bytes } = cache.state();
          expect(bytes).toBeLessThanOrEqual(room);
          expect(responses).toBeLessThanOrEqual(room / 300);
          const found = cache.find(key);
          if (found) expect(found.data).toHaveLength(length);
          // A long one is never kept, a short one always.
          expect(found !== undefined).toBe(2 * (length + key.length) + 300 <= room / 4);
          if (action === 3) {
            const keep = cache.begin();
            cache.empty();
            keep(key, 'late', 60);
            expect(cache.find(key)).toBeUndefined();
            expect(cache.state()).toMatchObject({ responses: 0, bytes: 0 });
          }
        }
      },
    ),
    { numRuns: RUNS },
  );
});

it('a flood of different answers leaves memory as it was', async () => {
  const { ask: send, asked } = await startNews({
    RESPONSE_CACHE_MB: '4',
    LIMIT_VARIABLES_KB: '256',
  });
  const query = 'query($of: String, $length: Int!) { text(length: $length, of: $of) }';
  const flood = async (from: number, to: number) => {
    for (let index = from; index < to; index += 1) {
      const of = `${index} ${'x'.repeat(40_000)}`;
      const { control } = await send({ query, variables: { of, length: 40_000 } });
      expect(control).toBe('public, max-age=60');
    }
  };
  await flood(0, 100);
  const before = heldBytes();
  await flood(100, 600);
  // Sent were 20 MB, and 60 MB came back.
  expect(heldBytes() - before).toBeLessThan(15e6);
  asked();
  const again = { query, variables: { of: `599 ${'x'.repeat(40_000)}`, length: 40_000 } };
  await send(again);
  expect(asked()).toEqual([]);
});

it('a subgraph over HTTP is asked once, and its hints count', async () => {
  const asked: string[] = [];
  const news = createNews(asked);
  const { url } = await startTestGateway({ subgraphs: [{ ...news, url: await serve(news) }] });
  for (let time = 0; time < 5; time += 1) {
    const { answer, control } = await ask(url, { query: '{ weather stories { title } }' });
    expect(answer.errors).toBeUndefined();
    expect(control).toBe('public, max-age=40');
  }
  expect(asked).toEqual(['weather', 'stories']);
});
