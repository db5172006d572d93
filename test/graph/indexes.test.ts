import { afterAll, beforeAll, expect, it } from 'vitest';
import { subgraphs } from '../../subgraphs/index.ts';
import { ask } from '../helpers/ask.ts';
import { explain, shapeOf, wayOf } from '../helpers/commandShapes.ts';
import { askPage, askVariants, lists, rootFieldOf, sortsOf } from '../helpers/connections.ts';
import { createRecords } from '../helpers/factories.ts';
import { askGolden, readQuestions } from '../helpers/golden.ts';
import { startGraph } from '../helpers/graph.ts';
import { createHub, type Hub } from '../helpers/hub.ts';
import { groupingsOf, relationsOf, sums, variantsOf } from '../helpers/questions.ts';
import { recordCommands, type ReadCommand } from '../helpers/recordCommands.ts';

/** No question makes the database read a whole collection: it says so itself, for every shape of command. */

let graph: Awaited<ReturnType<typeof startGraph>>;
let hub: Hub;
const shapes = new Set<string>();
/** One command for each way to find documents. */
const ways = new Map<string, ReadCommand>();

beforeAll(async () => {
  graph = await startGraph();
  const records = createRecords();
  hub = createHub(records, 4);
  await records.store();
});

afterAll(() => graph?.close());

/** Notes the commands of `work`. */
async function note(work: () => Promise<unknown>): Promise<void> {
  const { commands } = await recordCommands(work);
  for (const command of commands) {
    shapes.add(shapeOf(command));
    ways.set(wayOf(command), command);
  }
}

const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

it('commands of the golden questions', async () => {
  const questions = readQuestions(new URL('golden.json', import.meta.url));
  const asked = () =>
    Promise.all(
      questions.map((question) => askGolden(question, (...args) => graph.execute(...args))),
    );
  await note(asked);
  expect(shapes.size).toBeGreaterThan(20);
});

it('commands for all that one record refers to', async () => {
  for (const [type, id] of Object.entries(hub)) {
    const query = `{ ${rootFieldOf(type)}(id: "${id}") { ${relationsOf(type)} } }`;
    await note(() => ask(graph, query));
  }
});

it('commands of every list: each condition, each two conditions, each sort', async () => {
  const ids = [hub.Organization, hub.Campaign];
  // Lists of one type that parents have differ in the field that names the parent only.
  const seen = new Set<string>();
  for (const list of lists) {
    const kind = `${list.parent === 'Query' ? 'all' : 'of a parent'} ${list.of}`;
    for (const variants of chunks(variantsOf(list, ids, !seen.has(kind)), 40)) {
      await note(() => askVariants(graph, list, hub, variants, '{ totalCount nodes { id } }'));
    }
    seen.add(kind);
  }
});

it('commands of every list: pages forward and backward', async () => {
  for (const list of lists) {
    for (const sort of sortsOf(list)) {
      const { pageInfo } = await askPage(graph, list, hub, { ...sort, first: 2 });
      const [after, before] = [pageInfo.startCursor, pageInfo.endCursor];
      const pages = [
        { first: 2, after },
        { last: 2, before },
        { first: 2, after, before },
        { last: 2 },
      ];
      const variants = pages.map((page) => ({ ...sort, ...page }));
      await note(() => askVariants(graph, list, hub, variants, '{ totalCount nodes { id } }'));
    }
  }
});

it('commands of every sum: each grouping, each condition, each two conditions', async () => {
  expect(sums.length).toBeGreaterThanOrEqual(7);
  for (const sum of sums) {
    const groupings = groupingsOf(sum);
    const [, grouping] = groupings;
    const conditions = variantsOf(sum, [hub.Organization]).map((variant) => ({
      ...grouping,
      ...variant,
    }));
    for (const variants of chunks([...groupings, ...conditions], 40)) {
      await note(() => askVariants(graph, sum, hub, variants, '{ __typename }'));
    }
  }
});

it('commands of searches in phrase order', async () => {
  const searched = lists.filter(({ args }) => args.some(({ name }) => name === 'search'));
  for (const list of searched) {
    const search = { search: 'doan ket' };
    const { pageInfo } = await askPage(graph, list, hub, { ...search, first: 2 });
    await note(() => askPage(graph, list, hub, { ...search, first: 2, after: pageInfo.endCursor }));
    await note(() => askPage(graph, list, hub, { ...search, last: 2 }));
  }
});

it('a scan of a collection would be noticed', async () => {
  const { commands } = await recordCommands(async () => {
    for (const { database } of subgraphs) await database.collection('dataSets').findOne({ any: 1 });
  });
  for (const command of commands) expect(await explain(command)).toContain('COLLSCAN');
  expect(commands).toHaveLength(3);
});

it('none of them scans a collection', async () => {
  const scans: string[] = [];
  for (const some of chunks([...ways.values()], 50)) {
    const explained = some.map(async (command) => {
      const stages = await explain(command);
      expect(stages.length, shapeOf(command)).toBeGreaterThan(0);
      if (stages.includes('COLLSCAN')) scans.push(shapeOf(command));
    });
    await Promise.all(explained);
  }
  expect(scans).toEqual([]);
  expect(shapes.size).toBeGreaterThan(100);
  console.log(
    `${shapes.size} shapes of commands, ${ways.size} ways to find documents: none scans a collection`,
  );
});
