import { getNamedType, isInputObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  askPage,
  askVariants,
  listQuery,
  lists,
  type List,
  type Page,
} from '../helpers/connections.ts';
import { createRecords } from '../helpers/factories.ts';
import { startGraph } from '../helpers/graph.ts';
import { createHub, type Hub } from '../helpers/hub.ts';

/** Search through every list that has it, found by reading the schema. */

const NAMES = [
  'Bình Thái',
  'Đà Nẵng',
  'Đạ Tẻh',
  'Hưng Mỹ',
  'Quảng Trị',
  'Thái Bình',
  'Tuyên Quang',
  'Ủy ban xã Thái Bình',
];
const [BINH_THAI, DA_NANG, DA_TEH, HUNG_MY, QUANG_TRI, THAI_BINH, TUYEN_QUANG, XA_THAI_BINH] =
  NAMES;
const ALL_THAI_BINH = [BINH_THAI, THAI_BINH, XA_THAI_BINH];

let graph: Awaited<ReturnType<typeof startGraph>>;
let hub: Hub;

beforeAll(async () => {
  graph = await startGraph();
  const records = createRecords();
  hub = createHub(records, NAMES.length, NAMES);
  await records.store();
});

afterAll(() => graph?.close());

/** How a list takes the words: by an argument of its own or within its filter. */
function searchOf({ args }: List): ((search: string | null) => Record<string, unknown>) | null {
  if (args.some(({ name }) => name === 'search')) return (search) => ({ search });
  const filter = args.find(({ name }) => name === 'filter');
  const type = filter && getNamedType(filter.type);
  if (!isInputObjectType(type) || !('search' in type.getFields())) return null;
  return (search) => ({ filter: { search } });
}

const searched = lists.flatMap((list) => {
  const toArguments = searchOf(list);
  return toArguments ? [{ title: list.title, list, toArguments }] : [];
});

interface Node {
  id: string;
  name?: string | { vi: string };
  title?: string;
}

const selections: Record<string, string> = {
  PublicOfficial: '{ id name }',
  Source: '{ id title }',
};
const nameOf = ({ name, title }: Node) =>
  typeof name === 'object' ? name.vi : (name ?? title ?? '');

/** Names that each search finds, of the records of this test, in the order of the list; each once. */
async function findEach(list: List, searches: Record<string, unknown>[]): Promise<string[][]> {
  const selection = `{ nodes ${selections[list.of] ?? '{ id name { vi } }'} }`;
  const asked = searches.map((search) => ({ first: 100, ...search }));
  const found = await askVariants<{ nodes: Node[] }>(graph, list, hub, asked, selection);
  return found.map(({ nodes }) => {
    const own = nodes.filter(({ id }) => /-\d{6}$/.test(id)).map(nameOf);
    return [...new Set(own.filter((name) => NAMES.includes(name)))];
  });
}

const find = async (list: List, search: Record<string, unknown>) =>
  (await findEach(list, [search]))[0] ?? [];

const findings: [query: string, names: (string | undefined)[]][] = [
  ['thai binh', ALL_THAI_BINH],
  ['THÁI BÌNH', ALL_THAI_BINH],
  ['Thái Bình'.normalize('NFD'), ALL_THAI_BINH],
  ['thai b', ALL_THAI_BINH],
  ['  thái\tbình\n', ALL_THAI_BINH],
  ['binh, thai!', ALL_THAI_BINH],
  ['uy ban thai binh', [XA_THAI_BINH]],
  ['hai', []],
  ['inh', []],
  ['quang tri', [QUANG_TRI]],
  ['quang', [QUANG_TRI, TUYEN_QUANG]],
  ['tuyen', [TUYEN_QUANG]],
  ['da nang', [DA_NANG]],
  ['Đà Nẵng', [DA_NANG]],
  ['ĐÀ NẴNG'.normalize('NFD'), [DA_NANG]],
  ['đ', [DA_NANG, DA_TEH]],
  ['hung my', [HUNG_MY]],
  ['hưng mỹ', [HUNG_MY]],
  ['da teh', [DA_TEH]],
  ['Đạ Tẻh', [DA_TEH]],
  ['thai.*', ALL_THAI_BINH],
  ['^thai', ALL_THAI_BINH],
  ['(thai|quang)', []],
  ['[tq]uang', []],
  ['\\bthai', []],
  ['$where', []],
  ['{"$ne": null}', []],
  ['"thai binh"', ALL_THAI_BINH],
  ["thai' or '1'='1", []],
  ['thai\u0000binh', ALL_THAI_BINH],
  ['𝕿𝖍𝖆𝖎', []],
  ['người 😀', []],
];

describe.each(searched)('$title', ({ list, toArguments }) => {
  it('finds records of which every word searched for begins a word', async () => {
    const found = await findEach(
      list,
      findings.map(([query]) => toArguments(query)),
    );
    expect(findings.map(([query], index) => [query, found[index]?.sort()])).toEqual(
      findings.map(([query, names]) => [query, [...names].sort()]),
    );
  });

  it('a search without a word asks nothing', async () => {
    const all = await find(list, {});
    expect([...all].sort()).toEqual([...NAMES].sort());
    const blank = [null, '', '  ', '.*', '%$#', '😀'].map(toArguments);
    expect(await findEach(list, blank)).toEqual(blank.map(() => all));
  });

  it('a search that is too long is refused, with the length that is allowed', async () => {
    const words = (count: number) => Array.from({ length: count }, (_, at) => `a${at}`).join(' ');
    const refused: [string, string][] = [
      ['a'.repeat(201), 'A search may have 200 characters at most; this one has 201.'],
      [words(13), 'A search may have 12 words at most; this one has 13.'],
    ];
    for (const [query, message] of refused) {
      const { errors } = await graph.execute(listQuery(list, '{ totalCount }'), {
        id: hub[list.parent as keyof Hub],
        ...toArguments(query),
      });
      expect(errors?.map((error) => [error.message, error.extensions['code']])).toEqual([
        [message, 'BAD_USER_INPUT'],
      ]);
    }
    const allowed = ['a'.repeat(200), words(12), 'thai '.repeat(13)].map(toArguments);
    const found = await findEach(list, allowed);
    expect(found.map((names) => names.sort())).toEqual([[], [], [...ALL_THAI_BINH].sort()]);
  });
});

it('many lists can be searched', () => {
  expect(searched.map(({ title }) => title)).toEqual(
    expect.arrayContaining([
      'Query.campaigns',
      'Query.activities',
      'Query.officialDocuments',
      'Query.securityModels',
      'Query.organizations',
      'Query.administrativeUnits',
      'Query.publicOfficials',
      'Query.sources',
      'Query.recognitions',
      'Campaign.activities',
      'Organization.recognitionsReceived',
    ]),
  );
});

describe('whole phrases come first where the list has no sort', () => {
  const unsorted = searched.filter(
    ({ list }) => list.parent === 'Query' && !list.args.some(({ name }) => name === 'sort'),
  );
  const organizations = searched.filter(({ title }) => title === 'Query.organizations');

  it.each([...unsorted, ...organizations])('$title', async ({ list, toArguments }) => {
    const names = await find(list, toArguments('thai binh'));
    expect(names.at(-1)).toBe(BINH_THAI);
    expect(names.slice(0, 2).sort()).toEqual([THAI_BINH, XA_THAI_BINH]);
    expect((await find(list, toArguments('binh thai'))).at(0)).toBe(BINH_THAI);
    // A word that is only begun ends the phrase, none begins within a word.
    expect((await find(list, toArguments('thai bi'))).at(-1)).toBe(BINH_THAI);
  });

  it.each([...unsorted, ...organizations])(
    '$title, page by page',
    async ({ list, toArguments }) => {
      const search = toArguments('thai binh');
      const whole = await askPage(graph, list, hub, { ...search, first: 100 });
      const forward: string[] = [];
      for (let after: string | null = null; forward.length < whole.nodes.length;) {
        const page: Page<{ id: string }> = await askPage(graph, list, hub, {
          ...search,
          first: 2,
          after,
        });
        forward.push(...page.nodes.map(({ id }) => id));
        after = page.pageInfo.endCursor;
      }
      expect(forward).toEqual(whole.nodes.map(({ id }) => id));
      const last = await askPage(graph, list, hub, { ...search, last: 2 });
      expect(last.nodes).toEqual(whole.nodes.slice(-2));
    },
  );

  it('a sort that is asked for is obeyed', async () => {
    const [{ list, toArguments }] = organizations as [(typeof searched)[number]];
    const sort = { field: 'NAME', direction: 'ASC' };
    expect(await find(list, { ...toArguments('thai binh'), sort })).toEqual(ALL_THAI_BINH);
  });
});

it('the facts: thai binh finds the province, quang tri no Tuyên Quang, da teh the district', async () => {
  const find = async (search: string) => {
    const { data } = await graph.execute(
      'query ($search: String) { administrativeUnits(filter: { search: $search }) { nodes { id } } }',
      { search },
    );
    return (data as { administrativeUnits: { nodes: { id: string }[] } }).administrativeUnits.nodes
      .map(({ id }) => id)
      .filter((id) => !/-\d{6}$/.test(id));
  };
  expect(await find('thai b')).toContain('place-tinh-thai-binh');
  expect(await find('quang tri')).toContain('place-xa-quang-tri');
  expect(await find('quang tri')).not.toContain('place-tinh-tuyen-quang');
  expect(await find('da teh')).toContain('place-huyen-da-teh');
  expect(await find('hung my')).toContain('place-xa-hung-my');
});

it('documents are found by their numbers, articles not by their authors', async () => {
  const { data } = await graph.execute(`{
    officialDocuments(filter: { search: "09-ct/tw" }, first: 1) { nodes { number } }
    sources(search: "Lê Thành") { nodes { id byline } }
  }`);
  expect(data).toEqual({
    officialDocuments: { nodes: [{ number: '09-CT/TW' }] },
    sources: { nodes: [] },
  });
});
