import { afterAll, beforeAll, expect, it } from 'vitest';
import { askPage, askPages, lists, sortsOf } from '../helpers/connections.ts';
import { createRecords } from '../helpers/factories.ts';
import { startGraph } from '../helpers/graph.ts';
import { createHub, type Hub } from '../helpers/hub.ts';

/** Every value of every `sort` is obeyed: the list is put in order again here, by what it shows. */

interface Node extends Record<string, unknown> {
  id: string;
}

let graph: Awaited<ReturnType<typeof startGraph>>;
let hub: Hub;

beforeAll(async () => {
  graph = await startGraph();
  const records = createRecords();
  hub = createHub(records, 12);
  await records.store();
});

afterAll(() => graph?.close());

type Compare = (a: Node, b: Node) => number;

/** The value at a path such as `period.to`; null where there is none. */
const valueAt = (node: Node, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | null)?.[key] ?? null,
      node,
    );

const collator = new Intl.Collator('vi');

const byName =
  (path: string): Compare =>
  (a, b) =>
    collator.compare(String(valueAt(a, path)), String(valueAt(b, path)));

/** Plain values upwards or downwards; null last in either direction. */
const byValue =
  (valueOf: (node: Node) => string | number | null, direction: 1 | -1): Compare =>
  (a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)];
    if (left === right) return 0;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right ? -direction : direction;
  };

const text = (path: string) => (node: Node) => valueAt(node, path) as string | null;
const number = (path: string) => (node: Node) => valueAt(node, path) as number | null;
const firstDay = (path: string) => (node: Node) => {
  const date = text(path)(node);
  return date && `${date}-01-01`.slice(0, 10);
};
/** The last day of the period, or the first day of its beginning where it has no end. */
const endOfPeriod = (node: Node) => {
  const [from, to] = [text('period.from')(node), text('period.to')(node)];
  if (!to) return from && `${from}-01-01`.slice(0, 10);
  const [year = '', month, day] = to.split('-');
  if (day) return to;
  return new Date(Date.UTC(Number(year), Number(month ?? 12), 0)).toISOString().slice(0, 10);
};

const LEVELS = ['CENTRAL', 'PROVINCE', 'DISTRICT', 'COMMUNE', 'HAMLET'];
const KINDS = `POLICE FRONT ELDERLY_ASSOCIATION PEOPLES_COMMITTEE PEOPLES_COUNCIL PARTY STATE_BODY
  STEERING_COMMITTEE MASS_ORGANIZATION GRASSROOTS_GROUP RESIDENT_COMMUNITY OTHER`.split(/\s+/);
const rank = (path: string, ranks: readonly string[]) => (node: Node) =>
  ranks.indexOf(String(valueAt(node, path)));

/** What each sort of each type means, and what to select of a record to see it. */
const orders: Record<string, { node: string; default: string; sorts: Record<string, Compare> }> = {
  Campaign: {
    node: '{ id name { vi } period { from to } }',
    default: 'NAME',
    sorts: { NAME: byName('name.vi'), PERIOD_DESC: byValue(endOfPeriod, -1) },
  },
  Activity: {
    node: '{ id name { vi } date }',
    default: 'DATE_DESC',
    sorts: {
      DATE_DESC: byValue(firstDay('date'), -1),
      DATE_ASC: byValue(firstDay('date'), 1),
      NAME: byName('name.vi'),
    },
  },
  Outcome: {
    node: '{ id metric { code } measure { value } }',
    default: 'METRIC',
    sorts: {
      METRIC: byValue(text('metric.code'), 1),
      VALUE_DESC: byValue(number('measure.value'), -1),
    },
  },
  Recognition: {
    node: '{ id name { vi } conferredOn awardYear }',
    default: 'CONFERRED_DESC',
    sorts: {
      CONFERRED_DESC: byValue(firstDay('conferredOn'), -1),
      CONFERRED_ASC: byValue(firstDay('conferredOn'), 1),
      AWARD_YEAR_DESC: byValue(number('awardYear'), -1),
      NAME: byName('name.vi'),
    },
  },
  Organization: {
    node: '{ id name { vi } level kind }',
    default: 'NAME ASC',
    sorts: {
      'NAME ASC': byName('name.vi'),
      'NAME DESC': (a, b) => byName('name.vi')(b, a),
      'LEVEL ASC': byValue(rank('level', LEVELS), 1),
      'LEVEL DESC': byValue(rank('level', LEVELS), -1),
      'KIND ASC': byValue(rank('kind', KINDS), 1),
      'KIND DESC': byValue(rank('kind', KINDS), -1),
    },
  },
  // Lists without a choice.
  AdministrativeUnit: {
    node: '{ id name { vi } }',
    default: 'NAME',
    sorts: { NAME: byName('name.vi') },
  },
  SecurityModel: {
    node: '{ id name { vi } }',
    default: 'NAME',
    sorts: { NAME: byName('name.vi') },
  },
  OfficialDocument: {
    node: '{ id name { vi } }',
    default: 'NAME',
    sorts: { NAME: byName('name.vi') },
  },
  PublicOfficial: { node: '{ id name }', default: 'NAME', sorts: { NAME: byName('name') } },
  Source: {
    node: '{ id publishedAt }',
    default: 'NEWEST',
    sorts: { NEWEST: byValue(firstDay('publishedAt'), -1) },
  },
  Participation: { node: '{ id }', default: 'ID', sorts: { ID: () => 0 } },
  DataNote: { node: '{ id }', default: 'ID', sorts: { ID: () => 0 } },
};

const titleOf = (sort: unknown) =>
  typeof sort === 'object' && sort ? Object.values(sort).join(' ') : String(sort);

it.each(lists)('$title is in the order asked for, ties by id upwards', async (list) => {
  const order = orders[list.of];
  if (!order) throw new Error(`the tests do not know the orders of ${list.of}`);
  const sorts = sortsOf(list).flatMap(({ sort }) => (sort ? [sort] : []));
  const asked = [undefined, ...sorts].map((sort) => ({ sort, first: 100 }));
  const pages = await askPages<Node>(graph, list, hub, asked, order.node);
  for (const [index, { nodes }] of pages.entries()) {
    const sort = asked[index]?.sort;
    const title = sort ? titleOf(sort) : order.default;
    const compare = order.sorts[title];
    if (!compare) throw new Error(`the tests do not know ${list.of} by ${title}`);
    const expected = [...nodes].sort((a, b) => compare(a, b) || (a.id < b.id ? -1 : 1));
    expect(
      nodes.map(({ id }) => id),
      title,
    ).toEqual(expected.map(({ id }) => id));
    expect(nodes.length).toBeGreaterThanOrEqual(12);
  }
});

it('what has no date stands last in either direction', async () => {
  const list = lists.find(({ title }) => title === 'Campaign.activities');
  if (!list) throw new Error('no list Campaign.activities');
  for (const sort of ['DATE_ASC', 'DATE_DESC']) {
    const page = await askPage<{ date: string | null }>(
      graph,
      list,
      hub,
      { sort, first: 100 },
      '{ date }',
    );
    const dates = page.nodes.map(({ date }) => date);
    const dated = dates.filter((date) => date !== null);
    expect(dated.length).toBeGreaterThan(5);
    expect(dates.slice(dated.length)).toEqual(dates.slice(dated.length).map(() => null));
    expect(dates.length).toBeGreaterThan(dated.length + 5);
  }
});
