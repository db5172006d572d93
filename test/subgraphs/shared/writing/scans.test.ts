import { afterAll, beforeAll, expect, it } from 'vitest';
import { explain, shapeOf } from '../../../helpers/commandShapes.ts';
import { createKeys } from '../../../helpers/createKeys.ts';
import { startGraph } from '../../../helpers/graph.ts';
import { recordCommands, type ReadCommand } from '../../../helpers/recordCommands.ts';
import { cited, createMutate } from '../../../helpers/writing.ts';

/** No write makes the database read a whole collection: the millionth record costs what the first did. */

let graph: Awaited<ReturnType<typeof startGraph>>;
let keys: Awaited<ReturnType<typeof createKeys<'administrator'>>>;

beforeAll(async () => {
  const rights = { agency: 'org-bo-cong-an', roles: ['administrator'], scopes: ['*'] };
  keys = await createKeys({ administrator: rights });
  graph = await startGraph({ keysFile: keys.file });
});

afterAll(async () => {
  await graph?.close();
  await keys?.remove();
});

const common = { provenance: [cited()] };
const name = (vi: string) => ({ name: { vi } });
const measure = { value: 5, qualifier: 'EXACT', asPrinted: '5' };

const inputs: [string, Record<string, unknown>][] = [
  [
    'organization',
    { ...name('Hội thử'), kind: 'STATE_BODY', level: 'PROVINCE', instance: 'SINGLE' },
  ],
  [
    'campaign',
    {
      ...name('Chương trình thử'),
      kind: 'ACTION_PROGRAMME',
      participations: [{ role: 'LEAD', organizationId: 'org-bo-cong-an' }],
    },
  ],
  ['activity', { ...name('Hoạt động thử'), form: 'CONFERENCE', status: 'DONE', isEvent: true }],
  ['securityModel', { ...name('Mô hình thử'), kind: 'CLUB' }],
  [
    'outcome',
    { ...name('Số liệu thử'), metricCode: 'LEAFLETS', measure, period: { from: '2024' } },
  ],
  [
    'recognition',
    {
      ...name('Khen thưởng thử'),
      forms: ['BANG_KHEN'],
      issuers: [{ organizationId: 'org-bo-cong-an', level: 'CENTRAL' }],
      counts: { status: 'NOT_STATED' },
    },
  ],
];

it.each(inputs)('%s', async (field, input) => {
  const mutate = createMutate(graph);
  const key = keys.keys.administrator;
  const commands: ReadCommand[] = [];
  async function write(verb: 'Create' | 'Correct' | 'Withdraw', given: Record<string, unknown>) {
    const recorded = await recordCommands(() => mutate(field, verb, given, key));
    commands.push(...recorded.commands);
    expect(recorded.result.problems).toEqual([]);
    return recorded.result.record;
  }

  const created = await write('Create', { input: { ...input, ...common }, idempotencyKey: field });
  const grounds = { id: created?.id, source: cited(4), reason: 'thử' };
  await write('Correct', { ...grounds, version: 1, input: name('Tên đúng') });
  await write('Withdraw', { ...grounds, version: 2 });

  const ways = new Map(
    commands.filter(({ name }) => name !== 'getMore').map((command) => [shapeOf(command), command]),
  );
  expect(ways.size).toBeGreaterThan(5);
  const scans: string[] = [];
  for (const [shape, command] of ways) {
    // In the order of ids the whole index of ids could be read, which is no better.
    const { sort: _sort, ...unordered } = command.command;
    const stages = await explain({ ...command, command: unordered });
    if (stages.includes('COLLSCAN')) scans.push(shape);
  }
  expect(scans).toEqual([]);
});
