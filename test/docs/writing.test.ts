import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ownersBy } from '../../subgraphs/shared/writing/rules.ts';
import { createKeys, editorOf } from '../helpers/createKeys.ts';
import { startGraph } from '../helpers/graph.ts';
import { readBlocks } from './readBlocks.ts';

/** The guide's examples are true: each operation has the answer that stands below it. */

const guide = readFileSync('docs/writing.md', 'utf8');
const blocks = readBlocks('docs/writing.md').filter(({ language }) =>
  /^(graphql|json)$/.test(language),
);
const examples = blocks.flatMap(({ language, text }, index) =>
  language === 'graphql' ? [[index, text, blocks[index + 1]?.text ?? ''] as const] : [],
);

let graph: Awaited<ReturnType<typeof startGraph>>;
let keys: Awaited<ReturnType<typeof createKeys<'police'>>>;

beforeAll(async () => {
  keys = await createKeys({ police: editorOf('org-cong-an-tinh-thai-binh') });
  graph = await startGraph({ keysFile: keys.file });
});

afterAll(async () => {
  await graph?.close();
  await keys?.remove();
});

it.each(examples)('example %i', async (_index, query, answer) => {
  expect(await graph.execute(query, {}, keys.keys.police)).toEqual(JSON.parse(answer));
});

it('the guide has an example of each step, and a line for each type of record', () => {
  expect(examples).toHaveLength(4);
  const lines = [...guide.matchAll(/^\| `(\w+)`/gm)].map(([, type]) => type);
  expect(lines).toEqual(expect.arrayContaining(Object.keys(ownersBy)));
});
