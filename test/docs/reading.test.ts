import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { pythonEnvironment } from '../../scripts/database/pythonEnvironment.ts';
import { subgraphs } from '../../subgraphs/index.ts';
import { startGraph } from '../helpers/graph.ts';
import { startScript } from '../helpers/startScript.ts';
import { readCommands, readTexts } from './readBlocks.ts';
import { runShell } from './runShell.ts';
import { startCommand } from './startCommand.ts';

/** The guides for who builds dashboards and who works with data: what they tell to run is run, as it stands there. */

const folder = `.data/guides-${process.pid}`;
let graph: Awaited<ReturnType<typeof startGraph>>;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  graph = await startGraph();
});
afterAll(async () => {
  await graph?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The guides name a port and a folder that may be taken here. */
const replace = (text: string) =>
  text.replaceAll('127.0.0.1:4000', new URL(graph.url).host).replaceAll('.data/', `${folder}/`);

describe.each(['docs/dashboards.md', 'docs/data.md'])('%s', (page) => {
  it.each(readTexts(page, 'graphql').map((query) => [query.split('\n')[1]?.trim(), query]))(
    'has a query that is answered: %s',
    async (_field, query) => {
      const { data, errors } = await graph.execute(query);
      expect(errors).toBeUndefined();
      expect(JSON.stringify(data)).toMatch(/"totalCount":[1-9]|"sumMax":[1-9]/);
    },
  );

  it.each(readCommands(page))('has a command that works: %s', async (command) => {
    const printed = await runShell(replace(command));
    expect(printed).not.toMatch(/"?errors"?[:,]/);
    if (command.includes('| head')) expect(printed).toMatch(/[Ạ-ỹđ]|"columns"|"resources"/);
  });
});

it('a stream that is asked for by curl tells of a change', async () => {
  const [command = ''] = readTexts('docs/dashboards.md', 'sh streaming');
  const asked = startCommand(replace(`exec ${command.trim()}`));
  onTestFinished(asked.stop);
  // A line without anything is sent when it stands.
  await asked.until(/^:$/m);
  await touch();
  await asked.until(/^data: /m);
  expect(asked.output()).toMatch(/event: next\ndata: .*"kind":"CHANGED".*Tỉnh Thái Bình/);
});

it('a program that follows by WebSocket is told of a change', async () => {
  const [program = ''] = readTexts('docs/dashboards.md', 'ts');
  const file = join(folder, 'follow.ts');
  writeFileSync(file, replace(program));
  const script = startScript(file);
  let isOver = false;
  void script.ended.then(() => (isOver = true));
  while (!isOver) {
    await touch();
    await sleep(300);
  }
  expect(await script.ended, script.output()).toBe(0);
  expect(script.output()).toContain('CHANGED');
});

it('the recipe for pandas reads the tables, marks and all', async () => {
  const log = (line: string) => console.log(line);
  const python = await pythonEnvironment('.data/test/pandas', 'pandas[parquet]==2.3.3', log);
  const [recipe = ''] = readTexts('docs/data.md', 'python');
  const file = join(folder, 'recipe.py');
  const more = `
assert 'Tỉnh Thái Bình' in set(outcomes['unit.name.vi']), outcomes.columns
printed = pd.read_parquet('http://127.0.0.1:4000/data/Outcomes.parquet?provenance=true', use_threads=False)
assert printed['provenance.paragraphs'][0][0].dtype.kind == 'i', printed['provenance.paragraphs'][0]
assert printed['provenance.source.title'][0][0].startswith('Tăng cường'), printed['provenance.source.title'][0]
`;
  writeFileSync(file, replace(recipe + more));
  const printed = await runShell(`${python} ${file}`);
  expect(printed).toMatch(/LEAFLETS\s+100000/);
  expect(printed).toMatch(/GIAY_KHEN\s+25\s+32/);
});

async function touch() {
  const campaigns = subgraphs.find(({ name }) => name === 'campaigns');
  await campaigns?.database
    .collection<{ _id: string }>('outcomes')
    .updateOne({ _id: 'out-tb-to-roi' }, { $inc: { touched: 1 } });
}
